import { coulombCharges, type Ion } from '../ions.ts'
import type { PairList } from '../pairs.ts'
import { termData } from '../parameters-data.ts'
import type { EnergyTerm } from './energy-term.ts'

/**
 * Screened Coulomb interaction of all pairs, shifted so that energy and force vanish at the cut-off.
 *
 * E = Σ Q q q' [u(r) - u(rc) - u'(rc)(r - rc)], u = exp(-r/λ)/r
 */
export function screenedCoulomb(ions: readonly Ion[], pairs: PairList): EnergyTerm {
  const { strengthEvAngstrom, screeningAngstrom: lambda, cutoffAngstrom: cutoff } = termData.coulomb
  const charges = coulombCharges(ions)
  const strength = new Float64Array(pairs.count)
  for (let p = 0; p < pairs.count; p++) {
    strength[p] = strengthEvAngstrom * charges[pairs.first[p]!]! * charges[pairs.second[p]!]!
  }
  const edge = Math.exp(-cutoff / lambda) / cutoff
  const edgeSlope = -edge * (1 / lambda + 1 / cutoff)
  return (r, slopes) => {
    let energy = 0
    for (let p = 0; p < strength.length; p++) {
      const length = r[p]!
      if (length >= cutoff) continue
      const u = Math.exp(-length / lambda) / length
      energy += strength[p]! * (u - edge - edgeSlope * (length - cutoff))
      slopes[p]! += strength[p]! * (-u * (1 / lambda + 1 / length) - edgeSlope)
    }
    return energy
  }
}
