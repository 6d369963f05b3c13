import type { PairList } from '../pairs.ts'

/**
 * One term of the energy, bound to one pair list.
 *
 * @param r [pair] lengths in Å; pairs beyond every cut-off are among them, because the list has a skin
 * @param slopes [pair] in eV/Å: the term adds its dE/dr to the pairs that it knows
 * @returns the term's energy in eV
 */
export type EnergyTerm = (r: Float64Array, slopes: Float64Array) => number

/** Numbers of the pairs for which the test on the two ion numbers holds. */
export function selectPairs(pairs: PairList, wanted: (i: number, j: number) => boolean): Int32Array {
  const chosen: number[] = []
  for (let p = 0; p < pairs.count; p++) if (wanted(pairs.first[p]!, pairs.second[p]!)) chosen.push(p)
  return Int32Array.from(chosen)
}
