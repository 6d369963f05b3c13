import { oxidationStateOf, type OxidationStates } from './ions.ts'
import { startingMomentsMuB } from './magnetic-moments-data.ts'
import { neighboursWithin } from './neighbours.ts'
import { withSites, type Site, type Structure } from './structure.ts'

/** `ferromagnetic`: all up. `neel`: neighbours opposite wherever the graph of magnetic ions allows it. */
export type MagneticOrder = 'ferromagnetic' | 'neel'

export interface MagneticSeed {
  /** [ion] starting moment, order of `structure.sites`. */
  readonly momentsMuB: readonly number[]
  readonly order: MagneticOrder
  /** Neighbouring pairs of magnetic ions in one cell. */
  readonly pairs: number
  /** Pairs that stay parallel in a Néel order: the graph has odd rings, also through the cell boundary. */
  readonly frustratedPairs: number
  /** `frustratedPairs > 0`: no Néel order exists in this cell, the seed is the best of a simple walk. */
  readonly frustrated: boolean
  /** Longest distance that counted as neighbours. */
  readonly neighbourLimitAngstrom: number
}

export interface MagneticSeedOptions {
  readonly oxidationStates?: OxidationStates
  /** Moment by element, before the table; for instance `{ O: 0.6 }` for delithiated surfaces, `{ Mn: 3.9 }`. */
  readonly momentsMuB?: Readonly<Record<string, number>>
  /** 1.2 times the shortest distance between magnetic ions by default: the first shell, distorted or not. */
  readonly neighbourLimitAngstrom?: number
}

/** Below this, an ion gets its moment but takes no part in the order. */
const magneticFromMuB = 1

/**
 * Starting moments for all ions.
 *
 * Néel order: neighbours in the graph of magnetic ions of either sign, breadth first from the first ion, which is up;
 * every connected part starts up. Deterministic; a site's own `magneticMomentMuB` is not looked at.
 */
export function magneticSeed(
  structure: Structure,
  order: MagneticOrder,
  options: MagneticSeedOptions = {},
): MagneticSeed {
  const sizes = structure.sites.map((site) => startingMomentMuB(site, options))
  const magnetic = sizes.flatMap((size, index) =>
    size >= magneticFromMuB && !isAnion(structure.sites[index], options) ? [index] : [],
  )
  const { edges, limit } = magneticPairs(structure, magnetic, options.neighbourLimitAngstrom)
  const signs = order === 'neel' ? neelSigns(magnetic, edges) : new Map<number, number>()
  const frustratedPairs =
    order === 'neel' ? edges.filter(([a, b]) => signs.get(a) === signs.get(b)).length : 0
  return {
    momentsMuB: sizes.map((size, index) => size * (signs.get(index) ?? 1)),
    order,
    pairs: edges.length,
    frustratedPairs,
    frustrated: frustratedPairs > 0,
    neighbourLimitAngstrom: limit,
  }
}

/** The structure with the moments of a seed on its sites. */
export function withMoments(structure: Structure, seed: MagneticSeed): Structure {
  return withSites(
    structure,
    structure.sites.map((site, i) => ({ ...site, magneticMomentMuB: seed.momentsMuB[i] ?? 0 })),
  )
}

/** From the options, else the table (nearest known state; the lowest where no state is given), else 0. */
export function startingMomentMuB(site: Site, options: MagneticSeedOptions = {}): number {
  const given = options.momentsMuB?.[site.element]
  if (given !== undefined) return given
  const known = Object.entries(startingMomentsMuB[site.element] ?? {}).map(([state, moment]) => ({
    state: Number(state),
    moment,
  }))
  const state = oxidationStateOf(site, options.oxidationStates) ?? 0
  if (state < 0) return 0
  const nearest = known.sort(
    (a, b) => Math.abs(a.state - state) - Math.abs(b.state - state) || a.state - b.state,
  )[0]
  return nearest?.moment ?? 0
}

type Edge = readonly [number, number]

function isAnion(site: Site | undefined, options: MagneticSeedOptions): boolean {
  return (
    site !== undefined && ((oxidationStateOf(site, options.oxidationStates) ?? 0) < 0 || site.element === 'O')
  )
}

function magneticPairs(structure: Structure, magnetic: readonly number[], given: number | undefined) {
  const graph = withSites(
    structure,
    magnetic.flatMap((index) => structure.sites[index] ?? []),
  )
  const near = neighboursWithin(graph, given ?? 6)
  const shortest = near.reduce(
    (least, list) => Math.min(least, list[0]?.distanceAngstrom ?? Infinity),
    Infinity,
  )
  const limit = given ?? (shortest === Infinity ? 6 : 1.2 * shortest)
  const seen = new Map<string, Edge>()
  near.forEach((list, i) => {
    for (const { index, distanceAngstrom } of list) {
      if (distanceAngstrom > limit || index < i) continue
      seen.set(`${i} ${index}`, [magnetic[i] ?? 0, magnetic[index] ?? 0])
    }
  })
  return { edges: [...seen.values()], limit }
}

function neelSigns(magnetic: readonly number[], edges: readonly Edge[]): Map<number, number> {
  const partners = new Map<number, number[]>(magnetic.map((index) => [index, []]))
  for (const [a, b] of edges) {
    partners.get(a)?.push(b)
    partners.get(b)?.push(a)
  }
  const signs = new Map<number, number>()
  for (const start of magnetic) {
    if (signs.has(start)) continue
    signs.set(start, 1)
    const queue = [start]
    for (let at = queue.shift(); at !== undefined; at = queue.shift())
      for (const next of partners.get(at) ?? []) {
        if (signs.has(next)) continue
        signs.set(next, -(signs.get(at) ?? 1))
        queue.push(next)
      }
  }
  return signs
}
