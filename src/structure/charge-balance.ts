import { KnownError } from '../base/known-error.ts'
import { oxidationStateOf, type OxidationStates } from './ions.ts'
import type { Structure } from './structure.ts'

export class OxidationStateMissingError extends KnownError {
  readonly code = 'OXIDATION_STATE_MISSING'
  readonly remedy: string
  constructor(elements: readonly string[]) {
    super(`No formal charge is known for ${elements.join(', ')}.`)
    this.remedy = `Add ${elements.map((element) => `${element}: <charge>`).join(', ')} to oxidationStates.`
  }
}

/**
 * Sum of the formal charges of all atoms in e; a site's own state goes before that of its element.
 *
 * +1 means that the neutral cell has one electron to place (it reduces a cation), −1 one hole.
 *
 * @throws OxidationStateMissingError naming the elements without a state
 */
export function formalChargeBalance(structure: Structure, states: OxidationStates = {}): number {
  const missing = structure.sites.filter((site) => oxidationStateOf(site, states) === undefined)
  if (missing.length > 0)
    throw new OxidationStateMissingError([...new Set(missing.map((site) => site.element))])
  const sum = structure.sites.reduce((total, site) => total + (oxidationStateOf(site, states) ?? 0), 0)
  // Fractional states (Mn3.5+) add up to 0.9999999.
  return Math.round(sum * 1e6) / 1e6 + 0
}

/**
 * Holes per anion that no cation takes: −balance / number of O; 0 when the balance is not negative.
 *
 * @throws OxidationStateMissingError
 */
export function formalHolesPerOxygen(
  structure: Structure,
  states: OxidationStates = {},
  anion = 'O',
): number {
  const anions = structure.sites.filter((site) => site.element === anion).length
  const holes = Math.max(0, -formalChargeBalance(structure, states))
  return anions === 0 ? 0 : holes / anions
}

/** What a substitution adds to the balance: charge of the dopant minus that of the ion it replaces. */
export function substitutionBalance(dopantState: number, hostState: number): number {
  return dopantState - hostState
}
