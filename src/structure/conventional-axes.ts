import { determinant, matrixTimesColumn, multiply, type Matrix3 } from '../base/matrix.ts'
import { add, dot, norm, scale, type Vector3 } from '../base/vector.ts'
import { greatestCommonDivisor } from './integer-lattice.ts'
import { toCartesian, type Lattice } from './lattice.ts'
import { fitsStandardSetting } from './standard-setting.ts'
import type { Symmetry } from './symmetry.ts'

/**
 * Axes of the conventional cell in units of a primitive, reduced cell: rows of integers, determinant 1 to 4.
 *
 * Candidates follow the symmetry axes; those that give the standard setting of the group come first, then the shortest.
 */
export function conventionalAxes(primitive: Lattice, symmetry: Symmetry): Matrix3 {
  const candidates = candidateAxes(primitive, symmetry).map((axes) => rightHanded(axes, primitive))
  const ranked = candidates.map((axes) => ({ axes, size: sizeOf(axes, primitive) })).sort((x, y) => compare(x.size, y.size))
  const standard = ranked.find(({ axes }) => fitsStandardSetting(axes, symmetry))
  return standard?.axes ?? ranked[0]?.axes ?? identity
}

const identity: Matrix3 = [[1, 0, 0], [0, 1, 0], [0, 0, 1]]

function candidateAxes(primitive: Lattice, symmetry: Symmetry): readonly Matrix3[] {
  const number = symmetry.spaceGroupNumber
  const rotations = symmetry.operations.map(({ rotation }) => properPart(rotation))
  if (number <= 2) return [identity]
  if (number <= 15) return monoclinic(primitive, ofOrder(rotations, 2))
  if (number <= 74) return permutations(axesOf(ofOrder(rotations, 2)))
  if (number <= 142) return aroundAxis(primitive, ofOrder(rotations, 4))
  if (number <= 194) return aroundAxis(primitive, ofOrder(rotations, 3))
  const fourfold = ofOrder(rotations, 4)
  return permutations(axesOf(fourfold.length > 0 ? fourfold : ofOrder(rotations, 2)))
}

// b along the twofold axis; a and c any two vectors that span the plane across it, with obtuse β.
function monoclinic(primitive: Lattice, twofold: readonly Matrix3[]): readonly Matrix3[] {
  const [rotation] = twofold
  if (rotation === undefined) return []
  const b = axisOf(rotation)
  const inPlane = smallVectors().filter((v) => isSame(matrixTimesColumn(rotation, v), scale(v, -1)))
  const pairs = inPlane.flatMap((a) => inPlane.map((c): Matrix3 => [a, b, c]))
  const spanning = pairs.filter((axes) => Math.abs(determinant(axes)) > 0.5)
  const smallest = spanning.reduce((least, axes) => Math.min(least, Math.abs(determinant(axes))), Infinity)
  return spanning
    .filter((axes) => Math.abs(determinant(axes)) < smallest + 0.5)
    .filter(([a, , c]) => dot(toCartesian(primitive, a), toCartesian(primitive, c)) <= 1e-6)
}

// c along the axis; a the shortest vector across it, b its image under the rotation; for a rhombohedral lattice −a too.
function aroundAxis(primitive: Lattice, around: readonly Matrix3[]): readonly Matrix3[] {
  const [rotation] = around
  if (rotation === undefined) return []
  const c = axisOf(rotation)
  const across = smallVectors().filter((v) => isZero(sumOfPowers(rotation, v)))
  const shortest = [...across].sort((u, v) => norm(toCartesian(primitive, u)) - norm(toCartesian(primitive, v)))[0]
  if (shortest === undefined) return []
  const turn = rotationSense(primitive, rotation, shortest, c) > 0 ? rotation : multiply(rotation, multiply(rotation, order(rotation) === 4 ? rotation : identity))
  const b = matrixTimesColumn(turn, shortest)
  return [[shortest, b, c], [scale(shortest, -1), scale(b, -1), c]]
}

function rotationSense(primitive: Lattice, rotation: Matrix3, a: Vector3, c: Vector3): number {
  return determinant([a, matrixTimesColumn(rotation, a), c]) * Math.sign(determinant(primitive))
}

function axesOf(rotations: readonly Matrix3[]): readonly Vector3[] {
  const axes: Vector3[] = []
  for (const rotation of rotations) {
    const axis = axisOf(rotation)
    if (!axes.some((known) => isSame(known, axis) || isSame(known, scale(axis, -1)))) axes.push(axis)
  }
  return axes
}

function permutations([a, b, c]: readonly Vector3[]): readonly Matrix3[] {
  if (a === undefined || b === undefined || c === undefined) return []
  return [[a, b, c], [b, c, a], [c, a, b], [b, a, c], [a, c, b], [c, b, a]]
}

function rightHanded(axes: Matrix3, primitive: Lattice): Matrix3 {
  if (determinant(axes) * determinant(primitive) > 0) return axes
  const [a, b, c] = axes
  return [a, scale(b, -1), c]
}

// Sum of lengths first, then a ≤ b ≤ c where the symmetry leaves the order open; a grid keeps rounding out of it.
function sizeOf(axes: Matrix3, primitive: Lattice): readonly number[] {
  const lengths = axes.map((row) => Math.round(norm(toCartesian(primitive, row)) * 1e4))
  return [lengths.reduce((x, y) => x + y, 0), ...lengths]
}

function compare(x: readonly number[], y: readonly number[]): number {
  const first = x.findIndex((value, index) => value !== y[index])
  return first < 0 ? 0 : (x[first] ?? 0) - (y[first] ?? 0)
}

function properPart(rotation: Matrix3): Matrix3 {
  const [a, b, c] = rotation
  return determinant(rotation) > 0 ? rotation : [scale(a, -1), scale(b, -1), scale(c, -1)]
}

function order(rotation: Matrix3): number {
  const trace = rotation[0][0] + rotation[1][1] + rotation[2][2]
  return new Map([[3, 1], [-1, 2], [0, 3], [1, 4], [2, 6]]).get(Math.round(trace)) ?? 0
}

function ofOrder(rotations: readonly Matrix3[], wanted: number): readonly Matrix3[] {
  return rotations.filter((rotation) => order(rotation) === wanted)
}

/** The shortest lattice vector along the axis: u + Ru + R²u + … points along it for any u. */
function axisOf(rotation: Matrix3): Vector3 {
  const along = identity.map((u) => sumOfPowers(rotation, u)).find((v) => !isZero(v)) ?? [0, 0, 1]
  return scale(along, 1 / greatestCommonDivisor(along.map(Math.abs)))
}

function sumOfPowers(rotation: Matrix3, u: Vector3): Vector3 {
  let sum: Vector3 = u
  let image = u
  for (let power = 1; power < order(rotation); power++) {
    image = matrixTimesColumn(rotation, image)
    sum = add(sum, image)
  }
  return sum
}

// In a Niggli cell every vector of a conventional cell has components up to 2; 3 leaves room for odd settings.
function smallVectors(): readonly Vector3[] {
  const range = [-3, -2, -1, 0, 1, 2, 3]
  return range.flatMap((i) => range.flatMap((j) => range.map((k): Vector3 => [i, j, k]))).filter((v) => !isZero(v))
}

function isSame(u: Vector3, v: Vector3): boolean {
  return u[0] === v[0] && u[1] === v[1] && u[2] === v[2]
}

function isZero(v: Vector3): boolean {
  return v[0] === 0 && v[1] === 0 && v[2] === 0
}
