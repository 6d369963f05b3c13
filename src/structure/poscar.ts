import { mapRows, determinant, type Matrix3 } from '../base/matrix.ts'
import type { Vector3 } from '../base/vector.ts'
import { toFractional, type Lattice } from './lattice.ts'
import { leadingNumbers, lineCursor, PoscarError, takeLine, takeVector, type LineCursor } from './poscar-lines.ts'
import { elementOfWord, takeSpecies, type SpeciesCount } from './poscar-species.ts'
import { takeTail, type PoscarVelocities } from './poscar-tail.ts'
import type { Site, Structure } from './structure.ts'

export { writePoscar } from './poscar-write.ts'

export interface PoscarFile {
  readonly structure: Structure
  readonly species: readonly SpeciesCount[]
  readonly selectiveDynamics: boolean
  /** Were the positions Cartesian in the file? `structure` is fractional either way. */
  readonly cartesianInput: boolean
  readonly velocities?: PoscarVelocities
  /** Text after what was understood: lattice velocities, predictor-corrector block, notes. */
  readonly remainder?: string
}

export interface ReadPoscarOptions {
  /** One element per count, for VASP 4 files without an element line; overrides the file's own line. */
  readonly elements?: readonly string[]
}

/**
 * Reads POSCAR and CONTCAR in the forms of VASP 4 to 6.
 *
 * A negative scale is the volume in Å³; three scales multiply the x, y and z components. Left-handed cells are
 * read as they are.
 *
 * @throws PoscarError naming the line and what was expected there
 * @source https://www.vasp.at/wiki/index.php/POSCAR
 */
export function readPoscar(text: string, options: ReadPoscarOptions = {}): PoscarFile {
  const cursor = lineCursor(text)
  const comment = takeLine(cursor, 'a comment').trim()
  const { lattice, scales } = takeLattice(cursor)
  const species = takeSpecies(cursor, options.elements)
  const { selectiveDynamics, cartesianInput } = takeMode(cursor)
  const read = { lattice, scales, selectiveDynamics, cartesianInput }
  const sites = species.flatMap(({ element, count }) =>
    Array.from({ length: count }, () => takeSite(cursor, element, read)),
  )
  const tail = takeTail(cursor, sites.length)
  return { structure: { comment, lattice, sites }, species, selectiveDynamics, cartesianInput, ...tail }
}

function takeLattice(cursor: LineCursor): { lattice: Lattice; scales: Vector3 } {
  const scaleLine = takeLine(cursor, 'a scale factor')
  const given = leadingNumbers(scaleLine)
  const take = () => takeVector(cursor, 'a lattice vector (three numbers)').vector
  const rows: Matrix3 = [take(), take(), take()]
  const volume = Math.abs(determinant(rows))
  if (!(volume > 1e-9)) throw new PoscarError(5, 'lattice vectors that span a volume', 'a volume of zero')
  const scales = scaleFactors(given, volume, scaleLine)
  return { lattice: mapRows(rows, (row) => multiplyComponents(row, scales)), scales }
}

function scaleFactors(given: readonly number[], volume: number, line: string): Vector3 {
  const [first = 0, second, third] = given
  if (second !== undefined && third !== undefined) {
    if (first > 0 && second > 0 && third > 0) return [first, second, third]
    throw new PoscarError(2, 'one scale factor or three positive ones', line)
  }
  if (first === 0) throw new PoscarError(2, 'a scale factor other than zero', line)
  const factor = first > 0 ? first : Math.cbrt(-first / volume)
  return [factor, factor, factor]
}

function takeMode(cursor: LineCursor): { selectiveDynamics: boolean; cartesianInput: boolean } {
  const first = takeLine(cursor, '"Direct" or "Cartesian"')
  const selectiveDynamics = /^\s*[sS]/.test(first)
  const mode = selectiveDynamics ? takeLine(cursor, '"Direct" or "Cartesian"') : first
  // VASP looks at the first letter only; whatever is not C or K is direct. A number here is a missing line, though.
  if (leadingNumbers(mode).length > 0) throw new PoscarError(cursor.next, '"Direct" or "Cartesian"', mode)
  return { selectiveDynamics, cartesianInput: /^\s*[cCkK]/.test(mode) }
}

interface SiteContext {
  readonly lattice: Lattice
  readonly scales: Vector3
  readonly selectiveDynamics: boolean
  readonly cartesianInput: boolean
}

function takeSite(cursor: LineCursor, element: string, context: SiteContext): Site {
  const { vector, rest } = takeVector(cursor, `the position of a ${element} atom (three numbers)`)
  const fractional = context.cartesianInput
    ? toFractional(context.lattice, multiplyComponents(vector, context.scales))
    : vector
  const mobile = context.selectiveDynamics ? flags(rest, cursor) : undefined
  const label = labelOf(rest.slice(mobile ? 3 : 0), element)
  return { element, fractional, ...(label !== undefined && { label }), ...(mobile && { mobile }) }
}

function flags(words: readonly string[], cursor: LineCursor): readonly [boolean, boolean, boolean] {
  const read = (word: string | undefined): boolean => {
    if (word !== undefined && /^\.?[tTfF]/.test(word)) return /^\.?[tT]/.test(word)
    throw new PoscarError(cursor.next, 'three flags T or F behind the position', words.join(' ') || 'nothing')
  }
  return [read(words[0]), read(words[1]), read(words[2])]
}

// Only names such as `Mn3` or `Mn-3` are worth keeping; a bare symbol repeats the element line.
function labelOf(words: readonly string[], element: string): string | undefined {
  const label = words.find((word) => elementOfWord(word) === element)
  return label === element ? undefined : label
}

function multiplyComponents(v: Vector3, scales: Vector3): Vector3 {
  return [v[0] * scales[0], v[1] * scales[1], v[2] * scales[2]]
}
