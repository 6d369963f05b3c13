import { cross, dot, type Vector3 } from './vector.ts'

/** A 3x3 matrix as three rows. A lattice has a, b, c as its rows: cartesian = fractional · M. */
export type Matrix3 = readonly [Vector3, Vector3, Vector3]

export const identityMatrix: Matrix3 = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
]

/** Row vector times matrix: v · M. */
export function rowTimesMatrix(v: Vector3, m: Matrix3): Vector3 {
  return [
    v[0] * m[0][0] + v[1] * m[1][0] + v[2] * m[2][0],
    v[0] * m[0][1] + v[1] * m[1][1] + v[2] * m[2][1],
    v[0] * m[0][2] + v[1] * m[1][2] + v[2] * m[2][2],
  ]
}

/** Matrix times column vector: M · v. */
export function matrixTimesColumn(m: Matrix3, v: Vector3): Vector3 {
  return [dot(m[0], v), dot(m[1], v), dot(m[2], v)]
}

export function multiply(a: Matrix3, b: Matrix3): Matrix3 {
  return [rowTimesMatrix(a[0], b), rowTimesMatrix(a[1], b), rowTimesMatrix(a[2], b)]
}

export function transpose(m: Matrix3): Matrix3 {
  return [
    [m[0][0], m[1][0], m[2][0]],
    [m[0][1], m[1][1], m[2][1]],
    [m[0][2], m[1][2], m[2][2]],
  ]
}

export function determinant(m: Matrix3): number {
  return dot(m[0], cross(m[1], m[2]))
}

/** Inverse by cofactors. The caller makes sure that the determinant is not zero. */
export function inverse(m: Matrix3): Matrix3 {
  const d = determinant(m)
  const bc = cross(m[1], m[2])
  const ca = cross(m[2], m[0])
  const ab = cross(m[0], m[1])
  return [
    [bc[0] / d, ca[0] / d, ab[0] / d],
    [bc[1] / d, ca[1] / d, ab[1] / d],
    [bc[2] / d, ca[2] / d, ab[2] / d],
  ]
}

export function mapRows(m: Matrix3, f: (row: Vector3) => Vector3): Matrix3 {
  return [f(m[0]), f(m[1]), f(m[2])]
}
