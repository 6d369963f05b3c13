import { determinant, inverse, matrixTimesColumn, multiply, transpose, type Matrix3 } from '../base/matrix.ts'
import { add, scale, type Vector3 } from '../base/vector.ts'
import { cosetRepresentatives, hermiteNormalForm } from './integer-lattice.ts'
import { readOperation, type Symmetry, type SymmetryOperation } from './symmetry.ts'
import { symmetryEngine } from './symmetry-engine.ts'

/**
 * Do these axes give the standard setting of the group, wherever its origin is?
 *
 * Rotations must be the tabulated ones, and for each of them the screw and glide parts of its operations, which do not
 * depend on the origin; the centring is the case of the identity.
 *
 * @param axes rows in units of the cell that `symmetry` belongs to, which must be primitive
 */
export function fitsStandardSetting(axes: Matrix3, symmetry: Symmetry): boolean {
  const wanted = { type: 'HallNumber', value: symmetry.hallNumber } as const
  const tabulated = symmetryEngine().operations_from_number(symmetry.spaceGroupNumber, wanted, false).map(readOperation)
  const here = inConventionalAxes(symmetry.operations, axes)
  const [expected, found] = [fingerprint(tabulated), fingerprint(here)]
  return expected.size === found.size && [...expected].every(([rotation, parts]) => found.get(rotation) === parts)
}

// x' = Q⁻¹x for columns, with Q = axesᵀ; each primitive translation in the larger cell is a centring vector.
function inConventionalAxes(operations: readonly SymmetryOperation[], axes: Matrix3): readonly SymmetryOperation[] {
  const q = transpose(axes)
  const back = inverse(q)
  const isLarger = Math.abs(determinant(axes)) > 1.5
  const copies = isLarger ? cosetRepresentatives(hermiteNormalForm([...axes])) : [[0, 0, 0] as Vector3]
  return operations.flatMap(({ rotation, translation }) =>
    copies.map((copy) => ({
      rotation: multiply(multiply(back, rotation), q),
      translation: matrixTimesColumn(back, add(translation, copy)),
    })),
  )
}

function fingerprint(operations: readonly SymmetryOperation[]): ReadonlyMap<string, string> {
  const parts = new Map<string, Set<string>>()
  for (const { rotation, translation } of operations) {
    const key = rotation.flat().map(Math.round).join()
    const known = parts.get(key) ?? new Set<string>()
    for (const shift of corners) known.add(intrinsicPart(rotation, add(translation, shift)))
    parts.set(key, known)
  }
  return new Map([...parts].map(([key, set]) => [key, [...set].sort().join(' ')]))
}

const corners: readonly Vector3[] = [0, 1].flatMap((i) => [0, 1].flatMap((j) => [0, 1].map((k): Vector3 => [i, j, k])))

/** The mean of w, Rw, R²w …: the part of a translation that no choice of origin removes, in 24ths. */
function intrinsicPart(rotation: Matrix3, translation: Vector3): string {
  let sum: Vector3 = [0, 0, 0]
  let image = translation
  let power: Matrix3 = rotation
  let order = 0
  do {
    sum = add(sum, image)
    image = matrixTimesColumn(rotation, image)
    order += 1
    if (isIdentity(power)) break
    power = multiply(power, rotation)
  } while (order < 6)
  const mean = scale(sum, 1 / order)
  return mean.map((x) => ((Math.round(x * 24) % 24) + 24) % 24).join('/')
}

function isIdentity(m: Matrix3): boolean {
  return m.every((row, i) => row.every((x, j) => Math.abs(x - (i === j ? 1 : 0)) < 1e-6))
}
