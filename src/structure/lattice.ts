import { cross, dot, norm, angleDegrees, type Vector3 } from '../base/vector.ts'
import { determinant, inverse, rowTimesMatrix, type Matrix3 } from '../base/matrix.ts'

/** Rows are a, b, c in Å, so that cartesian = fractional · lattice. */
export type Lattice = Matrix3

export interface CellParameters {
  readonly aAngstrom: number
  readonly bAngstrom: number
  readonly cAngstrom: number
  readonly alphaDegrees: number
  readonly betaDegrees: number
  readonly gammaDegrees: number
}

export function cellParameters(lattice: Lattice): CellParameters {
  const [a, b, c] = lattice
  return {
    aAngstrom: norm(a),
    bAngstrom: norm(b),
    cAngstrom: norm(c),
    alphaDegrees: angleDegrees(b, c),
    betaDegrees: angleDegrees(a, c),
    gammaDegrees: angleDegrees(a, b),
  }
}

/** a along x, b in the xy plane with positive y, c with positive z: a right-handed setting. */
export function latticeFromParameters(cell: CellParameters): Lattice {
  const radians = Math.PI / 180
  const cosAlpha = exactCosine(cell.alphaDegrees * radians)
  const cosBeta = exactCosine(cell.betaDegrees * radians)
  const cosGamma = exactCosine(cell.gammaDegrees * radians)
  const sinGamma = Math.sqrt(1 - cosGamma * cosGamma)
  const cx = cosBeta
  const cy = (cosAlpha - cosBeta * cosGamma) / sinGamma
  const cz = Math.sqrt(Math.max(0, 1 - cx * cx - cy * cy))
  return [
    [cell.aAngstrom, 0, 0],
    [cell.bAngstrom * cosGamma, cell.bAngstrom * sinGamma, 0],
    [cell.cAngstrom * cx, cell.cAngstrom * cy, cell.cAngstrom * cz],
  ]
}

/** Signed volume in Å³: negative for a left-handed cell. */
export function signedVolumeAngstrom3(lattice: Lattice): number {
  return determinant(lattice)
}

export function volumeAngstrom3(lattice: Lattice): number {
  return Math.abs(determinant(lattice))
}

/** Rows are a*, b*, c* in Å⁻¹ without 2π: aᵢ · a*ⱼ = δᵢⱼ. */
export function reciprocalLattice(lattice: Lattice): Matrix3 {
  const volume = determinant(lattice)
  const [a, b, c] = lattice
  const divide = (v: Vector3): Vector3 => [v[0] / volume, v[1] / volume, v[2] / volume]
  return [divide(cross(b, c)), divide(cross(c, a)), divide(cross(a, b))]
}

/** Distance in Å between opposite faces along each axis. */
export function heightsAngstrom(lattice: Lattice): Vector3 {
  const [aStar, bStar, cStar] = reciprocalLattice(lattice)
  return [1 / norm(aStar), 1 / norm(bStar), 1 / norm(cStar)]
}

export function toCartesian(lattice: Lattice, fractional: Vector3): Vector3 {
  return rowTimesMatrix(fractional, lattice)
}

export function toFractional(lattice: Lattice, cartesianAngstrom: Vector3): Vector3 {
  return rowTimesMatrix(cartesianAngstrom, inverse(lattice))
}

/** Into [0, 1), with values within 1e-12 of 1 folded to 0. */
export function wrapFractional(fractional: Vector3): Vector3 {
  return [wrapCoordinate(fractional[0]), wrapCoordinate(fractional[1]), wrapCoordinate(fractional[2])]
}

export function wrapCoordinate(x: number): number {
  const wrapped = x - Math.floor(x)
  return wrapped > 1 - 1e-12 ? 0 : wrapped
}

/** Into [-0.5, 0.5): the shortest representative along each axis of a fractional difference. */
export function wrapDifference(fractional: Vector3): Vector3 {
  return [
    fractional[0] - Math.floor(fractional[0] + 0.5),
    fractional[1] - Math.floor(fractional[1] + 0.5),
    fractional[2] - Math.floor(fractional[2] + 0.5),
  ]
}

/** Is c perpendicular to a and b within the tolerance (cosine, no unit)? */
export function isPerpendicularC(lattice: Lattice, tolerance = 1e-6): boolean {
  const [a, b, c] = lattice
  const cosine = (u: Vector3) => Math.abs(dot(u, c)) / (norm(u) * norm(c))
  return cosine(a) < tolerance && cosine(b) < tolerance
}

// cos(90°) is 6e-17 in floating point, which would put a stray digit into every orthogonal POSCAR.
function exactCosine(radians: number): number {
  const cosine = Math.cos(radians)
  return Math.abs(cosine) < 1e-15 ? 0 : cosine
}
