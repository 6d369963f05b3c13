import { determinant, inverse, multiply, rowTimesMatrix, type Matrix3 } from '../base/matrix.ts'
import { add, type Vector3 } from '../base/vector.ts'
import { KnownError } from '../base/known-error.ts'
import { cosetRepresentatives, hermiteNormalForm } from './integer-lattice.ts'
import { wrapCoordinate } from './lattice.ts'
import { withNumberedLabels } from './labels.ts'
import type { Site, Structure } from './structure.ts'

export class SupercellMatrixError extends KnownError {
  readonly code = 'SUPERCELL_MATRIX'
  readonly remedy =
    'Give three positive whole repeats, or a 3x3 matrix of whole numbers whose determinant is not zero.'
  constructor(given: unknown, why: string) {
    super(`${JSON.stringify(given)} does not make a supercell: ${why}.`)
  }
}

export class StructureTooLargeError extends KnownError {
  readonly code = 'STRUCTURE_TOO_LARGE'
  readonly remedy = 'Ask for fewer repeats or layers, or raise maximumAtoms if you mean it.'
  constructor(what: string, atoms: number, limit: number) {
    super(`${what} would have ${atoms} atoms; the limit is ${limit}.`)
  }
}

export interface SupercellOptions {
  /** Refuse anything larger; 100 000 by default. */
  readonly maximumAtoms?: number
}

/**
 * A supercell: new lattice rows = matrix · lattice rows.
 *
 * Every site is followed by its images, so image number i belongs to site floor(i / |det|) of the host; positions lie
 * in [0, 1). Sites keep all they carry; with more than one image they are relabelled `Mn-1`, `Mn-2` … in built order.
 * A matrix of negative determinant has its rows negated: the same lattice, right-handed.
 *
 * @param repeats  three whole repeats along a, b, c, or rows of whole numbers in units of a, b, c
 * @throws SupercellMatrixError, StructureTooLargeError
 */
export function makeSupercell(
  structure: Structure,
  repeats: Vector3 | Matrix3,
  options: SupercellOptions = {},
): Structure {
  const matrix = rightHanded(wholeMatrix(repeats), repeats)
  const images = Math.round(determinant(matrix))
  const limit = options.maximumAtoms ?? 100_000
  const atoms = images * structure.sites.length
  if (atoms > limit) throw new StructureTooLargeError('The supercell', atoms, limit)
  const toNew = inverse(matrix)
  const shifts = cosetRepresentatives(hermiteNormalForm(matrix))
  const sites = structure.sites.flatMap((site) => shifts.map((shift) => imageOf(site, shift, toNew)))
  const lattice = multiply(matrix, structure.lattice)
  return { ...structure, lattice, sites: images === 1 ? sites : withNumberedLabels(sites) }
}

function imageOf(site: Site, shift: Vector3, toNew: Matrix3): Site {
  const moved = rowTimesMatrix(add(site.fractional, shift), toNew)
  return { ...site, fractional: [cleanWrap(moved[0]), cleanWrap(moved[1]), cleanWrap(moved[2])] }
}

// 0.9999999999999 and 0 are one place; written to a file they would look like two.
function cleanWrap(x: number): number {
  const wrapped = wrapCoordinate(x)
  return wrapped > 1 - 1e-10 || wrapped < 1e-14 ? 0 : wrapped
}

function wholeMatrix(repeats: Vector3 | Matrix3): Matrix3 {
  const rows: Matrix3 = isMatrix(repeats)
    ? repeats
    : [
        [repeats[0], 0, 0],
        [0, repeats[1], 0],
        [0, 0, repeats[2]],
      ]
  if (!rows.flat().every((entry) => Number.isSafeInteger(entry)))
    throw new SupercellMatrixError(repeats, 'its entries are not whole numbers')
  return rows
}

function rightHanded(matrix: Matrix3, given: unknown): Matrix3 {
  const size = determinant(matrix)
  if (Math.abs(size) < 0.5) throw new SupercellMatrixError(given, 'its determinant is zero')
  const negated = (row: Vector3): Vector3 => [0 - row[0], 0 - row[1], 0 - row[2]]
  return size > 0 ? matrix : [negated(matrix[0]), negated(matrix[1]), negated(matrix[2])]
}

function isMatrix(value: Vector3 | Matrix3): value is Matrix3 {
  return Array.isArray(value[0])
}
