import { elementData } from '../base/elements-data.ts'
import { bondLengthCutoffAngstrom, bondValenceParameters, bondedShare } from '../structure/bond-valence.ts'

/** From which distance on a cation and an anion count as bonded, and why. */
export interface BondRule {
  readonly cation: string
  readonly anion: string
  readonly kind: 'bond-valence' | 'covalent-radii'
  readonly cutoffAngstrom: number
  /** For a table: `B–O ≤ 2.10 Å (valence ≥ 0.04 z, z = 3)`. */
  readonly text: string
}

/** Radius sum times this, where there is no bond valence to go by. */
const radiusFactor = 1.2
const unknownRadiusAngstrom = 1.4

/**
 * Bonded when the bond valence exp((R0 − d)/b) is at least 0.04 of the cation's formal charge z; for a pair without
 * parameters or a cation without a positive charge, when d ≤ 1.2 × the sum of the covalent radii.
 *
 * Gaps between sorted lengths are no guide: the two long bonds of Jahn–Teller Mn3+ lie beyond the largest one.
 */
export function bondRule(cation: string, oxidationState: number | undefined, anion: string): BondRule {
  const pair = `${cation}–${anion}`
  const state = oxidationState ?? 0
  if (state > 0 && bondValenceParameters({ cation, oxidationState: state, anion }) !== undefined) {
    const cutoffAngstrom = bondLengthCutoffAngstrom(cation, state, anion)
    const text = `${pair} ≤ ${cutoffAngstrom.toFixed(2)} Å (valence ≥ ${bondedShare} z, z = ${state})`
    return { cation, anion, kind: 'bond-valence', cutoffAngstrom, text }
  }
  const cutoffAngstrom = radiusFactor * (radius(cation) + radius(anion))
  const text = `${pair} ≤ ${cutoffAngstrom.toFixed(2)} Å (${radiusFactor} × covalent radii)`
  return { cation, anion, kind: 'covalent-radii', cutoffAngstrom, text }
}

function radius(element: string): number {
  return elementData[element]?.covalentRadiusAngstrom ?? unknownRadiusAngstrom
}
