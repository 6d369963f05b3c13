import type { Ion } from '../ions.ts'
import type { PairList } from '../pairs.ts'
import { termData } from '../parameters-data.ts'
import { selectPairs, type EnergyTerm } from './energy-term.ts'
import { exponentialRepulsion } from './repulsion.ts'

/** Oxygens keep apart; two that carry holes less so, by the factor 1 - h h'. */
export function oxygenRepulsion(ions: readonly Ion[], pairs: PairList): EnergyTerm {
  const chosen = selectPairs(pairs, (i, j) => ions[i]!.isOxygen && ions[j]!.isOxygen)
  const weight = Float64Array.from(
    chosen,
    (p) => 1 - ions[pairs.first[p]!]!.holes * ions[pairs.second[p]!]!.holes,
  )
  return exponentialRepulsion(termData.oxygenRepulsion, chosen, weight)
}
