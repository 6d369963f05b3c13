import { add, scale, subtract, type Vector3 } from '../../base/vector.ts'
import { matrixTimesColumn, type Matrix3 } from '../../base/matrix.ts'
import { toCartesian } from '../lattice.ts'
import { withSites, type Structure } from '../structure.ts'
import { displacedSite } from './displace.ts'
import { rattle } from './rattle.ts'

/** A symmetry operation of a slab as it acts on its atoms. */
export interface AtomPairing {
  /** [site] index of the site that the operation brings it to. */
  readonly permutation: readonly number[]
  /** Cartesian, for column vectors. */
  readonly rotation: Matrix3
}

/**
 * A rattle that keeps one symmetry operation: paired atoms move by the same vector, turned.
 *
 * d(partner) = R · d(atom); an atom that is its own partner keeps what R leaves of its vector (nothing for an inversion).
 * Two dopants that are related by the operation then start, and end, alike; all other symmetry is broken.
 */
export function pairedRattle(structure: Structure, pairing: AtomPairing, amplitudeAngstrom: number, seed: string): Structure {
  const shaken = rattle(structure, amplitudeAngstrom, seed)
  const free = structure.sites.map((_, i) => displacement(structure, shaken, i))
  return withSites(structure, structure.sites.map((site, i) => displacedSite(structure, site, pairedVector(pairing, free, i))))
}

function pairedVector({ permutation, rotation }: AtomPairing, free: readonly Vector3[], i: number): Vector3 {
  const other = permutation[i] ?? i
  const own: Vector3 = free[i] ?? [0, 0, 0]
  if (other > i) return own
  const turned = matrixTimesColumn(rotation, free[other] ?? [0, 0, 0])
  return other === i ? scale(add(own, turned), 0.5) : turned
}

function displacement(before: Structure, after: Structure, i: number): Vector3 {
  const [from, to] = [before.sites[i], after.sites[i]]
  if (from === undefined || to === undefined) return [0, 0, 0]
  return toCartesian(before.lattice, subtract(to.fractional, from.fractional))
}
