import type { Vector3 } from '../base/vector.ts'
import { toCartesian, type Lattice } from './lattice.ts'

/** One atom of a crystal or slab. Only `element` and `fractional` are always there. */
export interface Site {
  readonly element: string
  readonly fractional: Vector3
  /** Name that survives reordering, for instance `Mn-3` (element and number in the built structure). */
  readonly label?: string
  /** Formal charge in e. */
  readonly oxidationState?: number
  readonly magneticMomentMuB?: number
  /** Selective dynamics: true where the coordinate may move. Absent means free. */
  readonly mobile?: readonly [boolean, boolean, boolean]
}

/** A periodic arrangement of atoms; order of sites is meaningful and kept. */
export interface Structure {
  readonly comment: string
  readonly lattice: Lattice
  readonly sites: readonly Site[]
}

export function elementsOf(structure: Structure): readonly string[] {
  return [...new Set(structure.sites.map((site) => site.element))]
}

/** Number of atoms of each element, in order of first appearance. */
export function composition(structure: Structure): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const site of structure.sites) counts.set(site.element, (counts.get(site.element) ?? 0) + 1)
  return counts
}

/** `Li48Mn24O72`: elements in order of first appearance, not reduced. */
export function formula(structure: Structure): string {
  return [...composition(structure)].map(([element, count]) => element + (count === 1 ? '' : count)).join('')
}

/** [ion][xyz] in Å, order of sites. */
export function cartesianAngstrom(structure: Structure): readonly Vector3[] {
  return structure.sites.map((site) => toCartesian(structure.lattice, site.fractional))
}

export function withSites(structure: Structure, sites: readonly Site[]): Structure {
  return { ...structure, sites }
}
