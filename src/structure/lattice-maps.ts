import { determinant, multiply, type Matrix3 } from '../base/matrix.ts'
import { norm, subtract, type Vector3 } from '../base/vector.ts'
import { heightsAngstrom, signedVolumeAngstrom3, toCartesian, type Lattice } from './lattice.ts'
import { reducedLattice } from './lattice-reduction.ts'

/**
 * All ways to lay one lattice on another of equal volume: integer matrices M with M · from ≅ to up to a rotation.
 *
 * Two lattices agree when the ends of their vectors, and the differences between them, have equal lengths within the
 * tolerance.
 *
 * @param improper also mappings that turn a right hand into a left one
 */
export function latticeMaps(from: Lattice, to: Lattice, toleranceAngstrom: number, improper = true): readonly Matrix3[] {
  const source = reducedLattice(from)
  const target = reducedLattice(to)
  const back = inverseOfUnimodular(target.transformation)
  const sameHand = Math.sign(signedVolumeAngstrom3(from) * signedVolumeAngstrom3(to))
  return mapsOfReduced(source.lattice, target.lattice, toleranceAngstrom)
    .filter((map) => improper || Math.sign(determinant(map)) === sameHand)
    .map((map) => multiply(multiply(back, map), source.transformation))
}

function mapsOfReduced(from: Lattice, to: Lattice, tolerance: number): readonly Matrix3[] {
  const points = pointsUpTo(from, Math.max(...to.map(norm)) + tolerance)
  const [as, bs, cs] = to.map((row) => points.filter((point) => Math.abs(norm(point.vector) - norm(row)) <= tolerance))
  const agrees = (p: LatticePoint, q: LatticePoint, u: Vector3, v: Vector3) =>
    Math.abs(norm(subtract(p.vector, q.vector)) - norm(subtract(u, v))) <= 2 * tolerance
  const maps: Matrix3[] = []
  for (const a of as ?? []) {
    for (const b of bs ?? []) {
      if (!agrees(a, b, to[0], to[1])) continue
      for (const c of cs ?? []) {
        if (!agrees(a, c, to[0], to[2]) || !agrees(b, c, to[1], to[2])) continue
        const map: Matrix3 = [a.indices, b.indices, c.indices]
        if (Math.abs(Math.abs(determinant(map)) - 1) < 0.5) maps.push(map)
      }
    }
  }
  return maps
}

interface LatticePoint {
  readonly indices: Vector3
  readonly vector: Vector3
}

function pointsUpTo(lattice: Lattice, radius: number): readonly LatticePoint[] {
  const [ma, mb, mc] = heightsAngstrom(lattice).map((height) => Math.floor(radius / height)) as [number, number, number]
  const points: LatticePoint[] = []
  for (let i = -ma; i <= ma; i++)
    for (let j = -mb; j <= mb; j++)
      for (let k = -mc; k <= mc; k++) {
        const vector = toCartesian(lattice, [i, j, k])
        if (norm(vector) <= radius && (i !== 0 || j !== 0 || k !== 0)) points.push({ indices: [i, j, k], vector })
      }
  return points
}

/** Exact inverse of an integer matrix of determinant ±1. */
export function inverseOfUnimodular(m: Matrix3): Matrix3 {
  const [a, b, c] = m
  const d = Math.round(determinant(m))
  const cofactor = (u: Vector3, v: Vector3): Vector3 => [
    (u[1] * v[2] - u[2] * v[1]) * d,
    (u[2] * v[0] - u[0] * v[2]) * d,
    (u[0] * v[1] - u[1] * v[0]) * d,
  ]
  const [x, y, z] = [cofactor(b, c), cofactor(c, a), cofactor(a, b)]
  return [[x[0], y[0], z[0]], [x[1], y[1], z[1]], [x[2], y[2], z[2]]]
}
