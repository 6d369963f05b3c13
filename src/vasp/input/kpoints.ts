import { checkedMesh } from './k-mesh.ts'
import type { Kpoints } from './kpoints-forms.ts'
import { readKpointsBody } from './kpoints-modes.ts'
import { KpointsError, kpointsCursor } from './kpoints-lines.ts'

export type { KPoint, Kpoints, KTetrahedra } from './kpoints-forms.ts'

/**
 * Reads a KPOINTS file in any mode.
 *
 * @throws KpointsError naming the line and what was expected there
 * @throws KMeshError for a mesh with a zero
 * @source https://vasp.at/wiki/KPOINTS
 */
export function readKpoints(text: string): Kpoints {
  const cursor = kpointsCursor(text)
  const comment = cursor.take('a comment').trim()
  const countLine = cursor.take('the number of k-points')
  const counts = leadingIntegers(countLine)
  const first = counts[0]
  if (first === undefined || first < 0)
    throw new KpointsError(2, 'the number of k-points, 0 for a mesh', countLine)
  return { comment, ...readKpointsBody(cursor, counts) }
}

/** KPOINTS for an explicit Γ-centred mesh. @throws KMeshError for a mesh with a zero */
export function writeKpoints(
  mesh: readonly [number, number, number],
  comment = 'Gamma-centred mesh',
): string {
  return `${comment.replace(/\s+/g, ' ')}\n0\nGamma\n${checkedMesh(mesh).join(' ')}\n0 0 0\n`
}

function leadingIntegers(line: string): number[] {
  const numbers: number[] = []
  for (const word of line.trim().split(/\s+/)) {
    if (!/^[+-]?\d+$/.test(word)) break
    numbers.push(Number(word))
  }
  return numbers
}
