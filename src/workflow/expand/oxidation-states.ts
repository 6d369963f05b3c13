import type { OxidationStates } from '../../structure/ions.ts'
import type { Screen } from '../screen/screen-schema.ts'

/**
 * Usual formal charges of dopants in oxides, in e; the screen's own go first.
 *
 * @source the highest stable state of the element in oxides: main-group number for groups 2, 13–16, common states of
 * the transition metals elsewhere
 */
const usualStates: OxidationStates = {
  ...{ Li: 1, Na: 1, K: 1, Mg: 2, Ca: 2, Sr: 2, Ba: 2, Zn: 2, B: 3, Al: 3, Ga: 3, In: 3, Sc: 3, Y: 3, La: 3 },
  ...{ C: 4, Si: 4, Ge: 4, Sn: 4, Ti: 4, Zr: 4, Hf: 4, P: 5, Nb: 5, Ta: 5, V: 5, S: 6, Mo: 6, W: 6 },
  ...{ Cr: 3, Fe: 3, Co: 3, Ni: 2, Cu: 2 },
}

/** Formal charge by element for everything that the screen speaks of. */
export function siteOrDefaultStates(screen: Screen): OxidationStates {
  return { ...usualStates, ...screen.host.oxidationStates, ...screen.dopants?.oxidationStates }
}
