import type { Structure } from '../../structure/structure.ts'
import { bondValenceSums } from './bond-valence-sums.ts'
import { NoModelParametersError, NotAnOxideError } from './errors.ts'
import { cationIon, chargeExcess, oxygenIon, type Ion } from './ions.ts'
import { cationData, minorityShare, type CationState } from './parameters-data.ts'
import { imageDistances } from './image-distance.ts'

/** Oxygens around a dopant that share its holes. */
const oxygensAroundDopant = 6

/**
 * Formal charges for every ion of a cell, balanced.
 *
 * Every cation starts in its usual state. Electrons that are left reduce the reducible cations nearest to a minority
 * cation, one step each (Mn4+ to Mn3+); missing electrons become holes on oxygen. Without balance no geometry could
 * satisfy the bond-valence sums, because those of cations and oxygens are equal by definition.
 *
 * @param MAGMOM starting moments: where they tell reduced cations or holes on oxygen apart, as those of a run before do, the
 *   electrons stay where they were
 * @returns [ion], POSCAR order
 * @throws NoModelParametersError, NotAnOxideError
 */
export function assignIons(structure: Structure, MAGMOM: readonly number[] = []): readonly Ion[] {
  const ions = usualStates(structure)
  if (!ions.some((ion) => ion.isOxygen) || ions.every((ion) => ion.isOxygen)) throw new NotAnOxideError()
  const excess = chargeExcess(ions)
  if (excess > 0) return reduceCations(structure, ions, excess, MAGMOM)
  if (excess === 0) return ions
  return rememberedHoles(ions, MAGMOM, -excess) ?? placeHoles(structure, ions, -excess)
}

function usualStates(structure: Structure): Ion[] {
  const isMinority = minorityTest(structure)
  return structure.sites.map(({ element }) => {
    if (element === 'O') return oxygenIon(0)
    const data = cationData[element]
    if (data === undefined) throw new NoModelParametersError(element)
    return cationIon(element, data.states[0], data.stiffAsDopant && isMinority(element))
  })
}

// Whole rounds, so that no cation is reduced twice before every other one was reduced once.
function reduceCations(
  structure: Structure,
  ions: readonly Ion[],
  electrons: number,
  MAGMOM: readonly number[],
): readonly Ion[] {
  const result = [...ions]
  let left = electrons
  while (left > 0) {
    const chosen = reductionOrder(structure, result, left, rememberedReduced(result, MAGMOM))
    if (chosen.length === 0) break
    for (const index of chosen)
      result[index] = cationIon(
        result[index]!.element,
        reducedState(result[index]!)!,
        result[index]!.isDopant,
      )
    left -= chosen.length
  }
  return result
}

// One electron per dopant in turn, each to the nearest cation that is still in its usual state; what no dopant asks
// for goes to the cations with the least bond valence.
function reductionOrder(
  structure: Structure,
  ions: readonly Ion[],
  electrons: number,
  before: readonly number[],
): readonly number[] {
  const open = new Set(indices(ions, (ion) => reducedState(ion) !== undefined))
  const centres = minorityCations(structure, ions).filter((index) => !open.has(index))
  const costs = centres.map((centre) => imageDistances(structure, centre))
  const valences = bondValenceSums(structure, ions)
  const chosen = before.slice(0, electrons)
  for (const index of chosen) open.delete(index)
  while (chosen.length < electrons && open.size > 0) {
    const next = cheapest([...open], costs[chosen.length % costs.length] ?? valences)
    chosen.push(next)
    open.delete(next)
  }
  return chosen
}

/** Reducible cations that start with the moment of their reduced state, when not all of them do. */
function rememberedReduced(ions: readonly Ion[], MAGMOM: readonly number[]): readonly number[] {
  const open = indices(ions, (ion) => reducedState(ion) !== undefined)
  const marked = open.filter((index) => isMoment(MAGMOM[index], reducedState(ions[index]!)!.momentMuB))
  return marked.length === open.length ? [] : marked
}

const sameMomentMuB = 0.02

function isMoment(found: number | undefined, momentMuB: number): boolean {
  return found !== undefined && Math.abs(Math.abs(found) - momentMuB) < sameMomentMuB
}

/** The holes of a run before, told by the moments of the oxygens; undefined when these do not add up to the holes. */
function rememberedHoles(ions: readonly Ion[], MAGMOM: readonly number[], holes: number): readonly Ion[] | undefined {
  const sizes = ions.map((ion, index) => (ion.isOxygen ? Math.abs(MAGMOM[index] ?? 0) : 0))
  const total = sizes.reduce((sum, size) => sum + size, 0)
  if (Math.abs(total - holes) > 1e-3 * ions.length || sizes.some((size) => size > 1.001)) return undefined
  return ions.map((ion, index) => (ion.isOxygen ? oxygenIon(Math.min(1, (sizes[index]! * holes) / total)) : ion))
}

function placeHoles(structure: Structure, ions: readonly Ion[], holes: number): readonly Ion[] {
  const perIon = new Float64Array(ions.length)
  let left = holes
  for (const centre of minorityCations(structure, ions)) {
    // A dopant in place of Mn4+ leaves 4 minus its own charge behind.
    const own = Math.min(left, Math.max(0, 4 - ions[centre]!.formalCharge))
    spreadAroundDopant(structure, ions, centre, own, perIon)
    left -= own
  }
  if (left > 0) spreadOverPoorOxygens(structure, ions, left, perIon)
  return ions.map((ion, index) => (ion.isOxygen ? oxygenIon(perIon[index]!) : ion))
}

function spreadAroundDopant(
  structure: Structure,
  ions: readonly Ion[],
  centre: number,
  holes: number,
  perIon: Float64Array,
) {
  const distances = imageDistances(structure, centre)
  const nearest = indices(ions, (ion) => ion.isOxygen)
    .sort((a, b) => distances[a]! - distances[b]! || a - b)
    .slice(0, oxygensAroundDopant)
  for (const index of nearest) perIon[index]! += holes / nearest.length
}

// In proportion to the valence an oxygen lacks: those beside a vacancy lack most. Never more than one hole on one ion.
function spreadOverPoorOxygens(
  structure: Structure,
  ions: readonly Ion[],
  holes: number,
  perIon: Float64Array,
): void {
  const valences = bondValenceSums(structure, ions)
  const oxygens = indices(ions, (ion) => ion.isOxygen)
  const lack = oxygens.map((index) => Math.max(0.01, 2 - valences[index]!))
  let left = holes
  for (let round = 0; round < 20 && left > 1e-12; round++) {
    const open = oxygens.map((index, k) => (perIon[index]! < 1 ? lack[k]! : 0))
    const total = open.reduce((sum, weight) => sum + weight, 0)
    if (total === 0) break
    const offered = left
    oxygens.forEach((index, k) => {
      const given = Math.min(1 - perIon[index]!, (offered * open[k]!) / total)
      perIon[index]! += given
      left -= given
    })
  }
}

function reducedState(ion: Ion): CationState | undefined {
  const states: readonly CationState[] = cationData[ion.element]?.states ?? []
  return ion.state === undefined ? undefined : states[states.indexOf(ion.state) + 1]
}

function minorityCations(structure: Structure, ions: readonly Ion[]): readonly number[] {
  const isMinority = minorityTest(structure)
  return indices(ions, (ion) => !ion.isOxygen && ion.element !== 'Li' && isMinority(ion.element))
}

function minorityTest(structure: Structure): (element: string) => boolean {
  const cations = structure.sites.filter((site) => site.element !== 'O')
  return (element) =>
    cations.filter((site) => site.element === element).length <= minorityShare * cations.length
}

function indices(ions: readonly Ion[], wanted: (ion: Ion, index: number) => boolean): number[] {
  return ions.flatMap((ion, index) => (wanted(ion, index) ? [index] : []))
}

function cheapest(candidates: readonly number[], cost: Float64Array): number {
  return candidates.reduce((best, index) => (cost[index]! < cost[best]! - 1e-6 ? index : best))
}
