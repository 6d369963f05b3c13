import { KnownError } from '../../base/known-error.ts'
import { distinctArrangements } from '../../structure/dopant/arrangements.ts'
import { sitePermutations } from '../../structure/slab/site-orbits.ts'
import { symmetryOfSlab, type Slab } from '../../structure/slab/slab.ts'
import { elementsOf, type Structure } from '../../structure/structure.ts'
import { analyseSymmetry } from '../../structure/symmetry.ts'
import { neighboursOf } from '../../structure/neighbours.ts'

/** One of the symmetry-distinct ways to choose some atoms of an element. */
export interface DistinctChoice {
  /** From 1, in a stable order. */
  readonly number: number
  /** Indices of the chosen sites, from 0. */
  readonly sites: readonly number[]
  /** How many choices are equivalent to it. */
  readonly multiplicity: number
  /** Between the nearest two of the chosen; undefined for one atom. */
  readonly nearestPairAngstrom?: number
}

export interface ChoiceRequest {
  readonly element: string
  readonly count: number
  /** Only these sites; all of the element by default. */
  readonly among?: readonly number[]
  /** Of a slab: its own operations are better than those found anew. */
  readonly slab?: Slab
  readonly limit?: number
}

export class ElementMissingError extends KnownError {
  readonly code = 'ELEMENT_MISSING'
  readonly remedy: string
  constructor(element: string, structure: Structure) {
    super(`There is no ${element} in this structure.`)
    this.remedy = `Choose one of ${elementsOf(structure).join(', ')}.`
  }
}

export class ChoiceMissingError extends KnownError {
  readonly code = 'CHOICE_MISSING'
  readonly remedy: string
  constructor(what: string, most: number) {
    super(`There is no ${what}.`)
    this.remedy = most === 0 ? 'Ask for fewer atoms.' : `Give a number from 1 to ${most}.`
  }
}

/**
 * All ways to choose `count` atoms of an element that symmetry tells apart.
 *
 * @throws ElementMissingError, ChoiceMissingError, TooManyCandidatesError
 */
export function distinctChoices(structure: Structure, request: ChoiceRequest): readonly DistinctChoice[] {
  const all = structure.sites.flatMap((site, i) => (site.element === request.element ? [i] : []))
  if (all.length === 0) throw new ElementMissingError(request.element, structure)
  const sites = request.among ?? all
  if (!Number.isSafeInteger(request.count) || request.count < 1 || request.count > sites.length)
    throw new ChoiceMissingError(`choice of ${request.count} out of ${sites.length} ${request.element}`, sites.length)
  const operations = request.slab === undefined ? analyseSymmetry(structure).operations : symmetryOfSlab(request.slab)
  const arrangements = distinctArrangements({
    sites,
    counts: [request.count],
    permutations: sitePermutations(structure, operations),
    ...(request.limit !== undefined && { limit: request.limit }),
  })
  return arrangements.map(({ sites: [chosen = []], multiplicity }, i) => {
    const nearest = nearestPairAngstrom(structure, chosen)
    return { number: i + 1, sites: chosen, multiplicity, ...(nearest !== undefined && { nearestPairAngstrom: nearest }) }
  })
}

/** @throws ChoiceMissingError */
export function choiceNumber(choices: readonly DistinctChoice[], number: number): DistinctChoice {
  const found = choices[number - 1]
  if (found === undefined) throw new ChoiceMissingError(`choice ${number}`, choices.length)
  return found
}

function nearestPairAngstrom(structure: Structure, chosen: readonly number[]): number | undefined {
  if (chosen.length < 2) return undefined
  const only = { ...structure, sites: chosen.flatMap((index) => structure.sites[index] ?? []) }
  for (const radius of [5, 10, 20, 40]) {
    const near = chosen.flatMap((_, i) => neighboursOf(only, i, radius).filter(({ index }) => index !== i))
    if (near.length > 0) return near.reduce((least, { distanceAngstrom }) => Math.min(least, distanceAngstrom), Infinity)
  }
  return undefined
}
