import { bondValenceSlope } from './bond-valence-sums.ts'
import type { Ion } from './ions.ts'
import type { PairList } from './pairs.ts'
import { termData } from './parameters-data.ts'
import { switchValue } from './switching.ts'
import { selectPairs } from './terms/energy-term.ts'

/** Bond valences of all cation-oxygen pairs at the current geometry; two terms of the energy are written in them. */
export interface BondValences {
  /** Pair numbers, [bond]. */
  readonly bonds: Int32Array
  /** Ion number of the cation, [bond]. */
  readonly cations: Int32Array
  /** s, [bond]. */
  readonly valence: Float64Array
  /** ds/dr in 1/Å, [bond]. */
  readonly slope: Float64Array
  /** V = Σ s, [ion]. */
  readonly sums: Float64Array
  update(r: Float64Array): void
}

export function bondValencesOf(ions: readonly Ion[], pairs: PairList): BondValences {
  const bonds = selectPairs(pairs, (i, j) => ions[i]!.isOxygen !== ions[j]!.isOxygen)
  const cations = bonds.map((p) => (ions[pairs.first[p]!]!.isOxygen ? pairs.second[p]! : pairs.first[p]!))
  const r0 = Float64Array.from(cations, (i) => ions[i]!.state!.r0Angstrom)
  const state = {
    bonds,
    cations,
    valence: new Float64Array(bonds.length),
    slope: new Float64Array(bonds.length),
    sums: new Float64Array(ions.length),
  }
  return { ...state, update: (r) => updateValences(state, pairs, r0, r) }
}

function updateValences(
  state: Omit<BondValences, 'update'>,
  pairs: PairList,
  r0: Float64Array,
  r: Float64Array,
): void {
  const { softnessAngstrom: b, switchFromAngstrom: from, switchToAngstrom: to } = termData.bondValence
  const { bonds, valence, slope, sums } = state
  sums.fill(0)
  valence.fill(0)
  slope.fill(0)
  for (let k = 0; k < bonds.length; k++) {
    const p = bonds[k]!
    const length = r[p]!
    if (length >= to) continue
    const exponential = Math.exp((r0[k]! - length) / b)
    const s = exponential * switchValue(length, from, to)
    valence[k] = s
    slope[k] = bondValenceSlope(exponential, length)
    sums[pairs.first[p]!]! += s
    sums[pairs.second[p]!]! += s
  }
}
