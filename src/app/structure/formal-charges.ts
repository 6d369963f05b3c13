import { isElement } from '../../base/elements-data.ts'
import { KnownError } from '../../base/known-error.ts'
import type { OxidationStates } from '../../structure/ions.ts'
import { guessOxidationStates } from '../../structure/oxidation-states.ts'
import { withSites, type Structure } from '../../structure/structure.ts'

export class FormalChargeError extends KnownError {
  readonly code = 'FORMAL_CHARGE'
  readonly remedy = 'Write element and charge, for instance --states Li=1 Mn=4 O=-2.'
  constructor(word: string) {
    super(`"${word}" is not a formal charge of an element.`)
  }
}

/** `Li=1 Mn=4 O=-2` as a table. @throws FormalChargeError */
export function formalCharges(words: readonly string[]): OxidationStates {
  const entries = words
    .flatMap((word) => word.split(','))
    .filter((word) => word !== '')
    .map((word): [string, number] => {
      const [, element = '', charge = ''] = /^([A-Z][a-z]?)[=:]([-+]?[\d.]+)$/.exec(word) ?? []
      if (!isElement(element) || !Number.isFinite(Number(charge))) throw new FormalChargeError(word)
      return [element, Number(charge)]
    })
  return Object.fromEntries(entries)
}

export interface Charged {
  readonly structure: Structure
  /** Where the charges come from, or why there are none. */
  readonly reason: string
}

/** Every site with its formal charge: as asked for, as the file has it, else by bond-valence sums where they agree. */
export function withFormalCharges(structure: Structure, asked: OxidationStates = {}): Charged {
  if (Object.keys(asked).length > 0) {
    const sites = structure.sites.map(({ oxidationState, ...site }) => {
      const state = asked[site.element] ?? oxidationState
      return state === undefined ? site : { ...site, oxidationState: state }
    })
    return { structure: withSites(structure, sites), reason: 'as given by --states' }
  }
  const { states, reason } = guessOxidationStates(structure)
  if (states === undefined) return { structure, reason }
  const sites = structure.sites.map((site, i) => ({ ...site, oxidationState: states[i] ?? 0 }))
  return { structure: withSites(structure, sites), reason }
}
