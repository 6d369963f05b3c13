import type { BondValences } from '../bond-valences.ts'
import type { Ion } from '../ions.ts'
import { termData } from '../parameters-data.ts'
import type { EnergyTerm } from './energy-term.ts'

/**
 * Cohesion: a Morse well per cation-oxygen bond, written in bond valences.
 *
 * E = Σ D [(s/s0)² - 2 s/s0] with s0 = V0/CN; in r its minimum lies at R0 - b ln s0. Without this term few short bonds
 * would satisfy the valence sums as well as many long ones, and a slab would fall into chains.
 */
export function bondWell(ions: readonly Ion[], bondValences: BondValences): EnergyTerm {
  const { bonds, cations, valence, slope } = bondValences
  const best = Float64Array.from(cations, (i) => preferredValence(ions[i]!))
  const depth = Float64Array.from(cations, (i) => wellDepthEv(ions[i]!))
  return (_r, slopes) => {
    let energy = 0
    for (let k = 0; k < bonds.length; k++) {
      const x = valence[k]! / best[k]!
      energy += depth[k]! * x * (x - 2)
      slopes[bonds[k]!]! += ((2 * depth[k]! * (x - 1)) / best[k]!) * slope[k]!
    }
    return energy
  }
}

function preferredValence(ion: Ion): number {
  return ion.valence / ion.state!.preferredCoordination
}

function wellDepthEv(ion: Ion): number {
  const { host, dopant } = termData.wellEvPerValence
  return (ion.isDopant ? dopant : host) * preferredValence(ion)
}
