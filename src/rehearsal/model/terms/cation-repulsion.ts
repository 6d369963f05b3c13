import type { Ion } from '../ions.ts'
import type { PairList } from '../pairs.ts'
import { termData } from '../parameters-data.ts'
import { selectPairs, type EnergyTerm } from './energy-term.ts'
import { exponentialRepulsion } from './repulsion.ts'

/** Cations keep apart: without this term a dopant comes within 2.05 Å of lithium. */
export function cationRepulsion(ions: readonly Ion[], pairs: PairList): EnergyTerm {
  const chosen = selectPairs(pairs, (i, j) => !ions[i]!.isOxygen && !ions[j]!.isOxygen)
  return exponentialRepulsion(termData.cationRepulsion, chosen, new Float64Array(chosen.length).fill(1))
}
