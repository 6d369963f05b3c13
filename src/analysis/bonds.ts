import { bondValence, bondValenceParameters } from '../structure/bond-valence.ts'
import { neighboursOf } from '../structure/neighbours.ts'
import type { Structure } from '../structure/structure.ts'
import { bondRule, type BondRule } from './bond-rule.ts'
import { formalState, isAnion, type FormalStates } from './formal-states.ts'

export interface Bond {
  /** The bonded ion, 0-based. */
  readonly index: number
  readonly element: string
  /** Lattice translation of the bonded ion: several images of one ion are several bonds. */
  readonly image: readonly [number, number, number]
  readonly lengthAngstrom: number
  /** Valence units; null for a pair without parameters. */
  readonly valence: number | null
}

/** The bonds of one ion, shortest first. */
export interface Bonding {
  readonly index: number
  readonly element: string
  readonly bonds: readonly Bond[]
  readonly coordinationNumber: number
  /** null without bonds, as are the next three. */
  readonly meanAngstrom: number | null
  readonly minAngstrom: number | null
  readonly maxAngstrom: number | null
  /** Hoppe's effective coordination number: 6 for a regular octahedron, less the more its lengths differ. */
  readonly effectiveCoordination: number | null
  /** Σ exp((R0 − d)/b); null when a bond has no parameters. */
  readonly bondValenceSum: number | null
  /** One for each kind of partner. */
  readonly rules: readonly BondRule[]
}

/**
 * Bonds between an ion and the ions of opposite sign around it; see `bondRule` for what counts. Every periodic image counts
 * for itself, also through the vacuum boundary.
 *
 * @param ionIndex  0-based, order of `structure.sites`
 */
export function bondsOf(structure: Structure, ionIndex: number, states: FormalStates): Bonding {
  const centre = structure.sites[ionIndex]
  if (centre === undefined)
    throw new RangeError(`There is no ion ${ionIndex} among ${structure.sites.length}.`)
  const rules = rulesAround(structure, ionIndex, states)
  const isCation = !isAnion(centre, states)
  const reach = Math.max(0, ...[...rules.values()].map((rule) => rule.cutoffAngstrom))
  const bonds = neighboursOf(structure, ionIndex, reach).flatMap((neighbour): Bond[] => {
    const rule = rules.get(kindOf(structure, neighbour.index, states))
    const lengthAngstrom = neighbour.distanceAngstrom
    if (rule === undefined || lengthAngstrom > rule.cutoffAngstrom) return []
    const { index, image } = neighbour
    const valence = valenceOf(structure, isCation ? ionIndex : index, rule, lengthAngstrom, states)
    return [{ index, element: elementAt(structure, index), image, lengthAngstrom, valence }]
  })
  return { index: ionIndex, element: centre.element, bonds, ...statistics(bonds), rules: [...rules.values()] }
}

/** Rules by kind of partner: element and formal charge. */
function rulesAround(
  structure: Structure,
  ionIndex: number,
  states: FormalStates,
): ReadonlyMap<string, BondRule> {
  const centre = structure.sites[ionIndex]!
  const centreIsAnion = isAnion(centre, states)
  const rules = new Map<string, BondRule>()
  structure.sites.forEach((site, index) => {
    const kind = kindOf(structure, index, states)
    if (rules.has(kind) || isAnion(site, states) === centreIsAnion) return
    const [cation, anion] = centreIsAnion ? [site, centre] : [centre, site]
    rules.set(kind, bondRule(cation.element, formalState(cation, states), anion.element))
  })
  return rules
}

function kindOf(structure: Structure, index: number, states: FormalStates): string {
  const site = structure.sites[index]!
  return `${site.element}${formalState(site, states) ?? ''}`
}

function elementAt(structure: Structure, index: number): string {
  return structure.sites[index]?.element ?? ''
}

function valenceOf(
  structure: Structure,
  cationIndex: number,
  { cation, anion }: BondRule,
  distanceAngstrom: number,
  states: FormalStates,
): number | null {
  const oxidationState = formalState(structure.sites[cationIndex]!, states)
  if (oxidationState === undefined) return null
  const kind = { cation, oxidationState, anion }
  return bondValenceParameters(kind) === undefined ? null : bondValence({ ...kind, distanceAngstrom })
}

type Statistics = Omit<Bonding, 'index' | 'element' | 'bonds' | 'rules'>

function statistics(bonds: readonly Bond[]): Statistics {
  const lengths = bonds.map((bond) => bond.lengthAngstrom)
  const valences = bonds.map((bond) => bond.valence)
  const known = valences.filter((valence) => valence !== null)
  const some = <T>(value: T): T | null => (bonds.length === 0 ? null : value)
  return {
    coordinationNumber: bonds.length,
    meanAngstrom: mean(lengths),
    minAngstrom: some(Math.min(...lengths)),
    maxAngstrom: some(Math.max(...lengths)),
    effectiveCoordination: effectiveCoordination(lengths),
    bondValenceSum:
      known.length === valences.length ? some(known.reduce((sum, valence) => sum + valence, 0)) : null,
  }
}

/**
 * Σ exp(1 − (dᵢ/d̄)⁶) with the weighted mean length d̄ = Σ dᵢ wᵢ / Σ wᵢ, wᵢ = exp(1 − (dᵢ/d_min)⁶).
 *
 * @source Hoppe, Z. Kristallogr. 150, 23 (1979)
 */
export function effectiveCoordination(lengthsAngstrom: readonly number[]): number | null {
  if (lengthsAngstrom.length === 0) return null
  const shortest = Math.min(...lengthsAngstrom)
  const weights = lengthsAngstrom.map((length) => Math.exp(1 - (length / shortest) ** 6))
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const average = lengthsAngstrom.reduce((sum, length, n) => sum + length * (weights[n] ?? 0), 0) / total
  return lengthsAngstrom.reduce((sum, length) => sum + Math.exp(1 - (length / average) ** 6), 0)
}

/** Arithmetic mean, or null of nothing. */
export function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length
}
