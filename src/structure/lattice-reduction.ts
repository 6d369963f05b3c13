import { multiply, identityMatrix, type Matrix3 } from '../base/matrix.ts'
import { dot } from '../base/vector.ts'
import { volumeAngstrom3, type Lattice } from './lattice.ts'

export interface ReducedLattice {
  readonly lattice: Lattice
  /** Integers, determinant 1: reduced rows = transformation · original rows. */
  readonly transformation: Matrix3
}

/**
 * Niggli reduction: the three shortest vectors that span the lattice, unique for each lattice; handedness is kept.
 *
 * @param tolerance relative to the cube root of the volume; lengths and angles closer than that count as equal
 * @source Křivý and Gruber, Acta Cryst. A32, 297 (1976), with the tolerances of Grosse-Kunstleve et al., Acta Cryst.
 * A60, 1 (2004)
 */
export function reducedLattice(lattice: Lattice, tolerance = 1e-5): ReducedLattice {
  const epsilon = tolerance * volumeAngstrom3(lattice) ** (2 / 3)
  let transformation = identityMatrix
  for (let step = 0; step < 1000; step++) {
    const change = nextStep(gramOf(multiply(transformation, lattice)), epsilon)
    if (change === undefined) break
    transformation = multiply(change, transformation)
  }
  return { lattice: multiply(transformation, lattice), transformation }
}

/** a·a, b·b, c·c and twice b·c, a·c, a·b. */
type Gram = readonly [A: number, B: number, C: number, xi: number, eta: number, zeta: number]

function gramOf([a, b, c]: Matrix3): Gram {
  return [dot(a, a), dot(b, b), dot(c, c), 2 * dot(b, c), 2 * dot(a, c), 2 * dot(a, b)]
}

/** The first step of the eight that applies, or undefined when the cell is reduced. */
function nextStep(gram: Gram, epsilon: number): Matrix3 | undefined {
  return orderStep(gram, epsilon) ?? signStep(gram, epsilon) ?? shorteningStep(gram, epsilon)
}

function orderStep([A, B, C, xi, eta, zeta]: Gram, epsilon: number): Matrix3 | undefined {
  const exceeds = (x: number, y: number) => x > y + epsilon
  const equal = (x: number, y: number) => Math.abs(x - y) <= epsilon
  if (exceeds(A, B) || (equal(A, B) && exceeds(Math.abs(xi), Math.abs(eta)))) return [[0, -1, 0], [-1, 0, 0], [0, 0, -1]]
  if (exceeds(B, C) || (equal(B, C) && exceeds(Math.abs(eta), Math.abs(zeta)))) return [[-1, 0, 0], [0, 0, -1], [0, -1, 0]]
  return undefined
}

// All three angles acute, or none of them.
function signStep([, , , xi, eta, zeta]: Gram, epsilon: number): Matrix3 | undefined {
  const signs: number[] = [xi, eta, zeta].map((x) => (x > epsilon ? 1 : x < -epsilon ? -1 : 0))
  const isAcute = signs.reduce((product, sign) => product * sign, 1) > 0
  const flips = signs.map((sign) => (isAcute ? sign : sign > 0 ? -1 : 1)) as [number, number, number]
  if (!isAcute && flips[0] * flips[1] * flips[2] < 0) {
    const free = signs.lastIndexOf(0)
    if (free >= 0) flips[free] = -1
  }
  const [i, j, k] = flips
  return i === 1 && j === 1 && k === 1 ? undefined : [[i, 0, 0], [0, j, 0], [0, 0, k]]
}

function shorteningStep([A, B, , xi, eta, zeta]: Gram, epsilon: number): Matrix3 | undefined {
  const less = (x: number, y: number) => x < y - epsilon
  const equal = (x: number, y: number) => Math.abs(x - y) <= epsilon
  const tooLong = (x: number, limit: number, ifEqual: boolean, ifOpposite: boolean) =>
    less(limit, Math.abs(x)) || (equal(x, limit) && ifEqual) || (equal(x, -limit) && ifOpposite)
  if (tooLong(xi, B, less(2 * eta, zeta), less(zeta, 0))) return [[1, 0, 0], [0, 1, 0], [0, -Math.sign(xi), 1]]
  if (tooLong(eta, A, less(2 * xi, zeta), less(zeta, 0))) return [[1, 0, 0], [0, 1, 0], [-Math.sign(eta), 0, 1]]
  if (tooLong(zeta, A, less(2 * xi, eta), less(eta, 0))) return [[1, 0, 0], [-Math.sign(zeta), 1, 0], [0, 0, 1]]
  const sum = xi + eta + zeta + A + B
  if (less(sum, 0) || (equal(sum, 0) && less(0, 2 * (A + eta) + zeta))) return [[1, 0, 0], [0, 1, 0], [1, 1, 1]]
  return undefined
}
