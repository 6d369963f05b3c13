import type { FormalStates } from '../../analysis/formal-states.ts'
import { formalChargeBalance, formalHolesPerOxygen } from '../../structure/charge-balance.ts'
import { composition, formula, type Structure } from '../../structure/structure.ts'
import { vacuumAxes } from '../../vasp/input/vacuum.ts'
import type { Candidate, DelithiationDescription, SiteDescription } from '../../workflow/candidate.ts'
import { formalStatesOf, type NamedMember } from './import-members.ts'

/** The undoped structure that members are compared with, by its id in the screen. */
export interface Host {
  readonly id: string
  readonly structure: Structure
}

/**
 * A member as a candidate of the screen.
 *
 * @param states formal charges that were given, or those of the host; they go before what is found for the member itself
 */
export function importedCandidate(member: NamedMember, host: Host | undefined, states: FormalStates): Candidate {
  const { label, structure, dopant, runs } = member
  const own = { ...formalStatesOf(structure), ...states }
  const present = structure === undefined ? {} : Object.fromEntries([...composition(structure).keys()].flatMap((element) => (own[element] === undefined ? [] : [[element, own[element]]])))
  const isKnown = structure?.sites.every(({ element }) => present[element] !== undefined) === true
  const delithiation = structure === undefined || host === undefined || !isKnown ? null : delithiationOf(structure, host, present)
  return {
    id: label,
    series: dopant === null ? 'pristine' : (replacedBy(dopant, structure, host) ?? 'imported'),
    dopant,
    site: dopant === null || structure === undefined ? null : siteOf(dopant, structure, host),
    depthAngstrom: null,
    compensation: 'as imported',
    delithiation,
    formula: structure === undefined ? '' : formula(structure),
    atomCount: structure?.sites.length ?? 0,
    formalChargeBalance: isKnown ? formalChargeBalance(structure!, present) : 0,
    electronParity: Math.round(runs.find(({ outcar }) => outcar !== undefined)?.outcar?.electronCount ?? 0) % 2 === 0 ? 'even' : 'odd',
    oxidationStates: present,
    faces: 'none',
    frozenLayers: frozenWords(structure),
    warnings: [...member.warnings, ...(isKnown ? [] : ['No formal charges were found: give them with --states, or bonds are told by cut-offs alone.'])],
    imported: Object.fromEntries(runs.map(({ kind, folder }) => [kind, folder])),
  }
}

/** The host's element that there is less of, where the anions are as many. */
function replacedBy(dopant: string, structure: Structure | undefined, host: Host | undefined): string | undefined {
  if (structure === undefined || host === undefined) return undefined
  const [now, before] = [composition(structure), composition(host.structure)]
  const fewer = [...before].filter(([element, count]) => (now.get(element) ?? 0) < count)
  const [only] = fewer
  const count = now.get(dopant) ?? 0
  return only !== undefined && fewer.length === 1 && only[1] - (now.get(only[0]) ?? 0) === count ? only[0] : undefined
}

function siteOf(dopant: string, structure: Structure, host: Host | undefined): SiteDescription {
  const place = vacuumAxes(structure).length > 0 ? 'slab' : 'bulk'
  const ionIndices = structure.sites.flatMap(({ element }, n) => (element === dopant ? [n] : []))
  return { element: replacedBy(dopant, structure, host) ?? dopant, wyckoff: 'site', layer: null, place, ionIndices }
}

/** The undoped host with less lithium and everything else the same; null for anything else. */
function delithiationOf(structure: Structure, host: Host, states: FormalStates): DelithiationDescription | null {
  const [now, before] = [composition(structure), composition(host.structure)]
  const others = [...new Set([...now.keys(), ...before.keys()])].filter((element) => element !== 'Li')
  const removedCount = (before.get('Li') ?? 0) - (now.get('Li') ?? 0)
  if (removedCount <= 0 || others.some((element) => now.get(element) !== before.get(element))) return null
  const units = [...before.values()].reduce(greatestCommonDivisor)
  return {
    faces: 'both',
    planes: 0,
    of: host.id,
    removedCount,
    remainingPerFormulaUnit: (now.get('Li') ?? 0) / units,
    formalHolesPerOxygen: formalHolesPerOxygen(structure, states),
  }
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b)
}

function frozenWords(structure: Structure | undefined): string {
  const held = structure?.sites.filter(({ mobile }) => mobile !== undefined && !mobile.some(Boolean)).length ?? 0
  return held === 0 ? 'none' : `${held} ions`
}
