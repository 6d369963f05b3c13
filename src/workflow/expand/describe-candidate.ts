import { formalChargeBalance } from '../../structure/charge-balance.ts'
import { composition, formula, type Structure } from '../../structure/structure.ts'
import { electronCount, potcarSpec } from '../../vasp/input/potcar-spec.ts'
import type { Candidate } from '../candidate.ts'
import type { Screen } from '../screen/screen-schema.ts'
import { siteOrDefaultStates } from './oxidation-states.ts'

/**
 * What is the same in the description of every candidate, from the structure that is written.
 *
 * @param ionsMoved  words for the ions that left or came per face or cell to make up for the charge
 */
export function chemistryOf(
  screen: Screen,
  structure: Structure,
  ionsMoved?: string,
): Pick<
  Candidate,
  'formula' | 'atomCount' | 'formalChargeBalance' | 'electronParity' | 'oxidationStates' | 'compensation'
> {
  const states = siteOrDefaultStates(screen)
  const balance = formalChargeBalance(structure, states)
  const electrons = electronCount(structure, potcarSpec(structure, screen.potcars))
  const present = [...composition(structure).keys()]
  return {
    formula: formula(structure),
    atomCount: structure.sites.length,
    formalChargeBalance: balance,
    electronParity: electrons % 2 === 0 ? 'even' : 'odd',
    oxidationStates: Object.fromEntries(present.map((element) => [element, states[element] ?? 0])),
    compensation: compensationWords(balance, ionsMoved),
  }
}

/** NELECT is never set: the neutral cell finds a place for what is left over. */
function compensationWords(balance: number, ionsMoved: string | undefined): string {
  if (ionsMoved !== undefined)
    return balance === 0 ? ionsMoved : `${ionsMoved}; ${compensationWords(balance, undefined)}`
  if (balance === 0) return 'none needed'
  const count = Math.abs(balance)
  if (balance > 0) return `electronic: ${count} ${count === 1 ? 'electron' : 'electrons'} to place on cations`
  return `electronic: ${count} ${count === 1 ? 'hole' : 'holes'} to place`
}
