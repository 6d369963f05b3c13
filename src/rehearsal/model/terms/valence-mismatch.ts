import type { BondValences } from '../bond-valences.ts'
import type { Ion } from '../ions.ts'
import type { PairList } from '../pairs.ts'
import { termData } from '../parameters-data.ts'
import type { EnergyTerm } from './energy-term.ts'

/**
 * Every ion wants its bond valences to add up to its formal charge.
 *
 * E = Σ k (V - V0)²; dE/dr of a bond = [2k(V - V0) of the cation + the same of the oxygen] · ds/dr
 */
export function valenceMismatch(
  ions: readonly Ion[],
  pairs: PairList,
  bondValences: BondValences,
): EnergyTerm {
  const { bonds, slope, sums } = bondValences
  const weight = Float64Array.from(ions, weightEv)
  const wanted = Float64Array.from(ions, (ion) => ion.valence)
  const perValence = new Float64Array(ions.length)
  return (_r, slopes) => {
    let energy = 0
    for (let i = 0; i < perValence.length; i++) {
      const difference = sums[i]! - wanted[i]!
      energy += weight[i]! * difference * difference
      perValence[i] = 2 * weight[i]! * difference
    }
    for (let k = 0; k < bonds.length; k++) {
      const p = bonds[k]!
      slopes[p]! += (perValence[pairs.first[p]!]! + perValence[pairs.second[p]!]!) * slope[k]!
    }
    return energy
  }
}

function weightEv(ion: Ion): number {
  if (ion.isOxygen) return termData.mismatchEv.oxygen
  return ion.isDopant ? termData.mismatchEv.dopant : termData.mismatchEv.host
}
