import type { MillerIndex } from './oriented-repeat.ts'
import { MillerIndexError } from './slab-errors.ts'

/**
 * Three Miller indices, or four Miller–Bravais indices (h k i l) with i = −h − k, as three.
 *
 * @throws MillerIndexError for any other list
 */
export function millerIndexOf(indices: readonly number[]): MillerIndex {
  const [h = NaN, k = NaN, i = NaN, l] = indices
  const valid = indices.every(Number.isSafeInteger) && indices.some((index) => index !== 0)
  if (valid && indices.length === 3) return [h, k, i]
  if (valid && indices.length === 4 && l !== undefined && h + k + i === 0) return [h, k, l]
  throw new MillerIndexError(indices)
}
