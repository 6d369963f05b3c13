import type { PairList } from '../pairs.ts'
import { termData } from '../parameters-data.ts'
import { selectPairs, type EnergyTerm } from './energy-term.ts'
import type { DimerPair } from '../dimers.ts'

/**
 * A Morse bond between two chosen oxygens that carry a hole each.
 *
 * E = Σ D (q² - 2q), q = exp(-a (r - 1.45 Å)). The pairs are put in by hand of the hole assignment, so this term says
 * nothing about which cell would form a dimer.
 */
export function oxygenDimer(dimers: readonly DimerPair[], pairs: PairList): EnergyTerm {
  const { depthEv, steepnessPerAngstrom: a, lengthAngstrom } = termData.dimer
  const isDimer = (i: number, j: number) =>
    dimers.some(([one, other]) => (one === i && other === j) || (one === j && other === i))
  const chosen = selectPairs(pairs, isDimer)
  return (r, slopes) => {
    let energy = 0
    for (const p of nearestImages(chosen, pairs, r)) {
      const q = Math.exp(-a * (r[p]! - lengthAngstrom))
      energy += depthEv * (q * q - 2 * q)
      slopes[p]! += 2 * depthEv * a * q * (1 - q)
    }
    return energy
  }
}

// In a small cell two oxygens meet through several images; only the shortest one is the bond.
function nearestImages(chosen: Int32Array, pairs: PairList, r: Float64Array): readonly number[] {
  const nearest = new Map<string, number>()
  for (const p of chosen) {
    const key = `${pairs.first[p]}-${pairs.second[p]}`
    const known = nearest.get(key)
    if (known === undefined || r[p]! < r[known]!) nearest.set(key, p)
  }
  return [...nearest.values()]
}
