import type { Vector3 } from '../../base/vector.ts'
import type { Lattice } from '../../structure/lattice.ts'
import { meshFromSpacing } from '../../vasp/input/k-mesh.ts'
import type { Kpoints } from '../../vasp/input/kpoints.ts'

/** The k-points of a run. They change no number of the model; they are counted and echoed. */
export interface KPointList {
  readonly comment: string
  readonly mesh: readonly [number, number, number] | undefined
  readonly centre: 'gamma' | 'monkhorst-pack'
  /** Reciprocal coordinates; time reversal is the only symmetry that is used. */
  readonly points: readonly { readonly coordinates: Vector3; readonly count: number }[]
}

/** @param kpoints undefined when there is no KPOINTS file: then KSPACING (Å⁻¹, 2π included) decides, as in VASP */
export function kPointList(kpoints: Kpoints | undefined, lattice: Lattice, KSPACING: number): KPointList {
  if (kpoints?.kind === 'mesh')
    return meshPoints(kpoints.comment, kpoints.mesh, kpoints.centre, kpoints.shift)
  if (kpoints?.kind === 'list') return listedPoints(kpoints)
  if (kpoints === undefined) {
    const { mesh } = meshFromSpacing({ lattice, spacing: KSPACING, unit: '1/A', rounding: 'ceil' })
    return meshPoints(`KSPACING = ${KSPACING}`, mesh, 'gamma', [0, 0, 0])
  }
  return meshPoints(`${kpoints.comment} (the rehearsal takes the Gamma point)`, [1, 1, 1], 'gamma', [0, 0, 0])
}

function listedPoints(kpoints: Extract<Kpoints, { kind: 'list' }>): KPointList {
  const points = kpoints.points.map(({ coordinates, weight }) => ({ coordinates, count: weight }))
  return { comment: kpoints.comment, mesh: undefined, centre: 'gamma', points }
}

function meshPoints(
  comment: string,
  mesh: readonly [number, number, number],
  centre: KPointList['centre'],
  shift: Vector3,
): KPointList {
  const offset = (axis: 0 | 1 | 2) =>
    shift[axis] + (centre === 'monkhorst-pack' && mesh[axis] % 2 === 0 ? 0.5 : 0)
  const along = (index: number, axis: 0 | 1 | 2) => foldHalf((index + offset(axis)) / mesh[axis])
  const found = new Map<string, { coordinates: Vector3; count: number }>()
  for (let c = 0; c < mesh[2]; c++)
    for (let b = 0; b < mesh[1]; b++)
      for (let a = 0; a < mesh[0]; a++) {
        const k: Vector3 = [along(a, 0), along(b, 1), along(c, 2)]
        const known =
          found.get(keyOf(k)) ?? found.get(keyOf([foldHalf(-k[0]), foldHalf(-k[1]), foldHalf(-k[2])]))
        if (known) known.count += 1
        else found.set(keyOf(k), { coordinates: k, count: 1 })
      }
  return { comment, mesh, centre, points: [...found.values()] }
}

/** Into (-0.5, 0.5]. */
function foldHalf(x: number): number {
  const folded = x - Math.ceil(x - 0.5 - 1e-9)
  return Math.abs(folded) < 1e-12 ? 0 : folded
}

function keyOf(k: Vector3): string {
  return k.map((x) => x.toFixed(6)).join(' ')
}
