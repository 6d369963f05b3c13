import type { Ion } from './model/ions.ts'

/**
 * Spin moments that the stand-in prints, in μB, [ion].
 *
 * The size follows from the formal state (Mn4+ 3.0, Mn3+ 3.8, one per hole on oxygen), the sign from MAGMOM.
 */
export function finalMoments(ions: readonly Ion[], MAGMOM: readonly number[]): Float64Array {
  return Float64Array.from(ions, (ion, index) => {
    const size = ion.isOxygen ? ion.holes : (ion.state?.momentMuB ?? 0)
    return (MAGMOM[index] ?? 0) < 0 ? -size : size
  })
}
