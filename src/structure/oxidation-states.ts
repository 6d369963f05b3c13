import { anionStates } from './anions.ts'
import { bondValence, bondValenceParameters, fittedStates } from './bond-valence.ts'
import { neighboursWithin } from './neighbours.ts'
import type { Structure } from './structure.ts'

/** Formal charges found, or why there are none. */
export interface OxidationStateGuess {
  /** [ion] formal charge in e; undefined when no neutral and sensible set was found. */
  readonly states?: readonly number[]
  /** How they were found, or what stood in the way; one sentence. */
  readonly reason: string
}

/** A larger misfit than this, relative to the state, is no agreement; more is borne by a cation with one known state. */
const worstRelativeMisfit = 0.4
const worstForOneState = 0.75
/** Bonds of interest are shorter; longer ones add less than 0.01 valence units. */
const reachAngstrom = 3.6

/**
 * Formal charges from bond-valence sums and neutrality.
 *
 * Every cation may have any state that has parameters with its anions; equal elements with equal valence sums share
 * one. Of all neutral choices the one with the least Σ (V − z)² is taken. Charges that all sites carry already are
 * kept when they cancel.
 *
 * @source method of Brown, The Chemical Bond in Inorganic Chemistry (2002), ch. 3
 */
export function guessOxidationStates(structure: Structure): OxidationStateGuess {
  const given = structure.sites.map((site) => site.oxidationState).filter((state) => state !== undefined)
  if (given.length === structure.sites.length && Math.abs(sum(given)) < 1e-6) {
    return { states: given, reason: 'as the structure gives them' }
  }
  const anions = anionStates(structure)
  if (anions.every((charge) => charge === undefined)) return { reason: 'there are no anions: the elements share their electrons' }
  const groups = cationGroups(structure, anions)
  const stranger = groups.find((group) => group.options.length === 0)
  if (stranger !== undefined) return { reason: `no bond-valence parameters for ${stranger.element} with these anions` }
  return solve(structure, anions, groups)
}

interface Option {
  readonly state: number
  readonly valence: number
}

interface CationGroup {
  readonly element: string
  readonly members: readonly number[]
  readonly options: readonly Option[]
}

function cationGroups(structure: Structure, anions: readonly (number | undefined)[]): readonly CationGroup[] {
  const near = neighboursWithin(structure, reachAngstrom)
  const groups = new Map<string, { element: string; members: number[]; options: readonly Option[] }>()
  structure.sites.forEach(({ element }, index) => {
    if (anions[index] !== undefined) return
    const bonds = (near[index] ?? [])
      .filter((neighbour) => anions[neighbour.index] !== undefined)
      .map(({ index: other, distanceAngstrom }) => ({ anion: structure.sites[other]?.element ?? '', distanceAngstrom }))
    const options = optionsOf(element, bonds)
    const key = `${element} ${options.map(({ valence }) => valence.toFixed(1)).join(' ')}`
    const known = groups.get(key)
    if (known === undefined) groups.set(key, { element, members: [index], options })
    else known.members.push(index)
  })
  return [...groups.values()]
}

function optionsOf(element: string, bonds: readonly { anion: string; distanceAngstrom: number }[]): readonly Option[] {
  const anions = [...new Set(bonds.map(({ anion }) => anion))]
  const fitted = anions.filter((anion) => bondValenceParameters({ cation: element, oxidationState: 1, anion }) !== undefined)
  const named = fitted.flatMap((anion) => fittedStates(element, anion))
  // Parameters for "any state" leave the valence sum itself as the guide.
  const candidates = named.length > 0 || fitted.length === 0 ? named : [1, 2, 3, 4, 5, 6]
  return [...new Set(candidates)].map((state) => {
    const valences = bonds
      .filter(({ anion }) => fitted.includes(anion))
      .map(({ anion, distanceAngstrom }) => bondValence({ cation: element, oxidationState: state, anion, distanceAngstrom }))
    return { state, valence: sum(valences) }
  })
}

function solve(structure: Structure, anions: readonly (number | undefined)[], groups: readonly CationGroup[]): OxidationStateGuess {
  const needed = -sum(anions.map((charge) => charge ?? 0))
  const reached = reachableCharges(groups)
  const chosen = reached.get(Math.round(needed * 2))
  if (chosen === undefined) {
    const nearest = [...reached.keys()].sort((a, b) => Math.abs(a - needed * 2) - Math.abs(b - needed * 2))[0]
    const excess = nearest === undefined ? 'unknown' : (nearest / 2 - needed).toFixed(1)
    return { reason: `no choice of states is neutral; the nearest leaves ${excess} e in the cell (mixed valence?)` }
  }
  const limit = (group: CationGroup) => (group.options.length === 1 ? worstForOneState : worstRelativeMisfit)
  const strained = groups.find((group, index) => misfit(chosen.options[index]) > limit(group))
  if (strained !== undefined) {
    const option = chosen.options[groups.indexOf(strained)]
    const sentence = `${strained.element}${option?.state}+ would have a valence sum of ${option?.valence.toFixed(2)}`
    return { reason: `the neutral choice does not fit the bonds: ${sentence}` }
  }
  const states = anions.map((charge) => charge ?? 0)
  groups.forEach(({ members }, index) => members.forEach((member) => (states[member] = chosen.options[index]?.state ?? 0)))
  const deviations = groups.flatMap(({ members }, index) => members.map(() => deviation(chosen.options[index])))
  const rms = Math.sqrt(sum(deviations.map((x) => x * x)) / Math.max(1, deviations.length))
  return { states, reason: `bond-valence sums, root mean square deviation ${rms.toFixed(2)} valence units` }
}

interface Choice {
  readonly cost: number
  readonly options: readonly Option[]
}

/** For every total charge (in half electrons) the choice with the least misfit, group after group. */
function reachableCharges(groups: readonly CationGroup[]): ReadonlyMap<number, Choice> {
  let reached = new Map<number, Choice>([[0, { cost: 0, options: [] }]])
  for (const { members, options } of groups) {
    const next = new Map<number, Choice>()
    for (const [charge, choice] of reached) {
      for (const option of options) {
        const total = charge + Math.round(2 * option.state * members.length)
        const cost = choice.cost + members.length * deviation(option) ** 2
        if (cost < (next.get(total)?.cost ?? Infinity)) next.set(total, { cost, options: [...choice.options, option] })
      }
    }
    reached = next
  }
  return reached
}

function deviation(option: Option | undefined): number {
  return option === undefined ? 0 : option.valence - option.state
}

function misfit(option: Option | undefined): number {
  return option === undefined ? 0 : Math.abs(deviation(option)) / option.state
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
