import { elementData } from '../base/elements-data.ts'
import { KnownError } from '../base/known-error.ts'
import { add, norm, scale, subtract, type Vector3 } from '../base/vector.ts'
import { wrapDifference } from '../structure/lattice.ts'
import { neighboursOf, neighboursWithin } from '../structure/neighbours.ts'
import { withSites, type Site, type Structure } from '../structure/structure.ts'
import type { HostIonPlace, StartingPoint } from './planned-calculation.ts'

export type RelaxedHostStart = Extract<StartingPoint, { kind: 'relaxed-host' }>

/** A defect cannot be put into what the relaxation of its host ended in. */
export class StartMisfitError extends KnownError {
  readonly code = 'START_MISFIT'
  readonly remedy = 'Set `dopants.start: built` for this screen, or look at the relaxed host with `dopant show` and choose another site.'
  constructor(id: string, from: string, problem: string) {
    super(`${id} cannot start from ${from}: ${problem}.`)
  }
}

/**
 * A planned defect in the relaxed host: every site keeps its planned place relative to the ions of the host that it moves with.
 *
 * r(site) = r(planned) + mean over its ions of [r(relaxed) − r(before anything relaxed)], each by the nearest image. Order,
 * labels, moments, mobility and lattice are those of the plan. A substituted ion moves with the one that it replaces, an
 * ion in a void with the anions around it.
 *
 * @param host the relaxed host, with the labels of the built one; an ion that it lacks counts as not moved
 */
export function placedInRelaxedHost(host: Structure, { structure, movesWith }: RelaxedHostStart): Structure {
  const places = placesByLabel(host)
  const sites = structure.sites.map((site, i) => movedSite(site, movesWith[i] ?? [], places))
  return withSites(structure, sites)
}

/**
 * The first reason why a defect should not be put into this host, in words; undefined when there is none.
 *
 * Looked at: the lattice, that every ion of the plan is there as the same element, overlaps, and the distance from each new ion to
 * its nearest neighbour, which may differ from the planned one by a third.
 */
export function misfitOf(host: Structure, start: RelaxedHostStart): string | undefined {
  const { structure, movesWith } = start
  if (largestDifferenceAngstrom(host, structure) > sameLatticeAngstrom) return 'its lattice is another'
  const ions = new Map(host.sites.map((site) => [site.label, site]))
  if (ions.size !== host.sites.length) return 'two of its ions have the same label'
  const lost = movesWith.flat().find(({ label }) => !ions.has(label))
  if (lost !== undefined) return `it has no ion ${lost.label}`
  const changed = structure.sites.find((site) => (ions.get(site.label)?.element ?? site.element) !== site.element)
  if (changed !== undefined) return `${changed.label ?? ''} is another element there`
  const placed = placedInRelaxedHost(host, start)
  return overlapWords(placed) ?? strayWords(placed, structure, ions)
}

/** CONTCAR writes lattice vectors with at least ten digits; what differs by more was changed. */
const sameLatticeAngstrom = 1e-4

function largestDifferenceAngstrom(one: Structure, other: Structure): number {
  return Math.max(...one.lattice.map((row, i) => norm(subtract(row, other.lattice[i] ?? [0, 0, 0]))))
}

function placesByLabel(host: Structure): ReadonlyMap<string | undefined, Vector3> {
  return new Map(host.sites.map(({ label, fractional }) => [label, fractional]))
}

function movedSite(site: Site, ions: readonly HostIonPlace[], places: ReadonlyMap<string | undefined, Vector3>): Site {
  if (ions.length === 0) return site
  const steps = ions.map(({ label, fractional }) => wrapDifference(subtract(places.get(label) ?? fractional, fractional)))
  return { ...site, fractional: add(site.fractional, scale(steps.reduce(add), 1 / steps.length)) }
}

/** Nearer than this part of their covalent radii, two ions lie on top of each other: O–O dimers are at 0.9 and more. */
const overlapShare = 0.6

function overlapWords(structure: Structure): string | undefined {
  const near = neighboursWithin(structure, 2 * overlapShare * largestRadiusAngstrom(structure))
  for (const [i, list] of near.entries()) {
    const one = structure.sites[i]!
    const hit = list.find(({ index, distanceAngstrom }) => distanceAngstrom < overlapShare * (radiusAngstrom(one) + radiusAngstrom(structure.sites[index]!)))
    if (hit !== undefined) return `${nameOf(one)} and ${nameOf(structure.sites[hit.index]!)} would be ${hit.distanceAngstrom.toFixed(2)} Å apart`
  }
  return undefined
}

function radiusAngstrom({ element }: Site): number {
  return elementData[element]?.covalentRadiusAngstrom ?? 1
}

function largestRadiusAngstrom({ sites }: Structure): number {
  return Math.max(...sites.map(radiusAngstrom))
}

const strayShare = 1 / 3

/** An ion that the host lacks should find about the surroundings that it was planned into. */
function strayWords(placed: Structure, planned: Structure, host: ReadonlyMap<string | undefined, Site>): string | undefined {
  for (const [i, site] of placed.sites.entries()) {
    if (host.has(site.label)) continue
    const [now, wanted] = [nearestAngstrom(placed, i), nearestAngstrom(planned, i)]
    if (Math.abs(now / wanted - 1) <= strayShare) continue
    const [found, meant] = [toWords(now), toWords(wanted)]
    return `the nearest neighbour of ${nameOf(site)} would be ${found} away, where ${meant} was planned`
  }
  return undefined
}

/** Farther than this, an ion of an oxide has no neighbour. */
const searchAngstrom = 6

function nearestAngstrom(structure: Structure, index: number): number {
  return neighboursOf(structure, index, searchAngstrom)[0]?.distanceAngstrom ?? searchAngstrom
}

function toWords(distanceAngstrom: number): string {
  return `${distanceAngstrom.toFixed(2)} Å`
}

function nameOf({ label, element }: Site): string {
  return label ?? element
}
