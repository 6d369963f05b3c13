import { manganeseCensus } from '../../analysis/moments.ts'

/** `Mn4+ × 22, Mn3+ × 2, unclear × 1`; null of nothing. */
export function censusText(momentsMuB: readonly number[]): string | null {
  if (momentsMuB.length === 0) return null
  const sorted = [...manganeseCensus(momentsMuB)].sort(([a], [b]) => (b ?? 0) - (a ?? 0))
  return sorted.map(([state, count]) => `${state === null ? 'unclear' : `Mn${state}+`} × ${count}`).join(', ')
}
