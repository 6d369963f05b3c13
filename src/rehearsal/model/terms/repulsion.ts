import { termData } from '../parameters-data.ts'
import { switchSlope, switchValue } from '../switching.ts'
import type { EnergyTerm } from './energy-term.ts'

export interface Repulsion {
  readonly heightEv: number
  readonly contactAngstrom: number
  readonly rangeAngstrom: number
}

/**
 * E = Σ w A exp((R - r)/ρ) f(r) over the chosen pairs, f switching off in the gap between neighbour shells.
 *
 * @param chosen pair numbers
 * @param weight w of every chosen pair, no unit
 */
export function exponentialRepulsion(shape: Repulsion, chosen: Int32Array, weight: Float64Array): EnergyTerm {
  const { fromAngstrom: from, toAngstrom: to } = termData.repulsionSwitch
  const { heightEv, contactAngstrom, rangeAngstrom } = shape
  return (r, slopes) => {
    let energy = 0
    for (let k = 0; k < chosen.length; k++) {
      const length = r[chosen[k]!]!
      if (length >= to) continue
      const value = weight[k]! * heightEv * Math.exp((contactAngstrom - length) / rangeAngstrom)
      const f = switchValue(length, from, to)
      energy += value * f
      slopes[chosen[k]!]! += value * (switchSlope(length, from, to) - f / rangeAngstrom)
    }
    return energy
  }
}
