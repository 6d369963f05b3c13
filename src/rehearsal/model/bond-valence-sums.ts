import type { Structure } from '../../structure/structure.ts'
import { flatPositions } from './image-distance.ts'
import type { Ion } from './ions.ts'
import { pairsWithin } from './pairs.ts'
import { termData } from './parameters-data.ts'
import { switchSlope, switchValue } from './switching.ts'

const { softnessAngstrom: b, switchFromAngstrom: from, switchToAngstrom: to } = termData.bondValence

/** Bond valence s = exp((R0 - r)/b) · f(r) of one cation-oxygen bond. */
export function bondValence(r0Angstrom: number, r: number): number {
  return Math.exp((r0Angstrom - r) / b) * switchValue(r, from, to)
}

/** ds/dr in 1/Å, given the unswitched exponential. */
export function bondValenceSlope(exponential: number, r: number): number {
  return exponential * (switchSlope(r, from, to) - switchValue(r, from, to) / b)
}

/** V = Σ s over the cation-oxygen bonds of every ion, [ion]; every periodic image counts. */
export function bondValenceSums(structure: Structure, ions: readonly Ion[]): Float64Array {
  const positions = flatPositions(structure)
  const pairs = pairsWithin(structure.lattice, positions, to)
  const sums = new Float64Array(ions.length)
  for (let p = 0; p < pairs.count; p++) {
    const [i, j] = [pairs.first[p]!, pairs.second[p]!]
    const r0 = ions[i]!.state?.r0Angstrom ?? ions[j]!.state?.r0Angstrom
    if (r0 === undefined || ions[i]!.isOxygen === ions[j]!.isOxygen) continue
    const s = bondValence(r0, pairLength(positions, pairs.translation, i, j, p))
    sums[i]! += s
    sums[j]! += s
  }
  return sums
}

function pairLength(x: Float64Array, translation: Float64Array, i: number, j: number, p: number): number {
  const along = (axis: number) => x[3 * j + axis]! + translation[3 * p + axis]! - x[3 * i + axis]!
  return Math.hypot(along(0), along(1), along(2))
}
