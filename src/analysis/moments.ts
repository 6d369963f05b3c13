/** An oxidation state that a local moment speaks for. */
export interface MomentWindow {
  readonly state: number
  readonly minMuB: number
  readonly maxMuB: number
}

/**
 * Moments of high-spin Mn in the PAW sphere (LORBIT = 11) with U of 4 to 5 eV. The sphere loses some 5 % of the ideal 3, 4 and
 * 5 μB and depends on the potential; between the windows no state is named.
 */
export const manganeseWindows: readonly MomentWindow[] = [
  { state: 4, minMuB: 2.8, maxMuB: 3.3 },
  { state: 3, minMuB: 3.6, maxMuB: 4.1 },
  { state: 2, minMuB: 4.3, maxMuB: 4.8 },
]

/** 4, 3 or 2, or null when the moment lies in no window. The sign is the direction of the spin and plays no part. */
export function manganeseState(momentMuB: number): number | null {
  const size = Math.abs(momentMuB)
  return manganeseWindows.find(({ minMuB, maxMuB }) => size >= minMuB && size <= maxMuB)?.state ?? null
}

/** How many Mn have which state: `Mn4+ × 22, Mn3+ × 2, unclear × 0` as data. */
export function manganeseCensus(momentsMuB: readonly number[]): ReadonlyMap<number | null, number> {
  const counts = new Map<number | null, number>()
  for (const moment of momentsMuB) {
    const state = manganeseState(moment)
    counts.set(state, (counts.get(state) ?? 0) + 1)
  }
  return counts
}

export interface MomentChange {
  /** 0-based, POSCAR order. */
  readonly index: number
  readonly beforeMuB: number
  readonly afterMuB: number
}

/** From here on a step did not start from the state that the step before ended in. */
export const momentChangeLimitMuB = 0.3

/**
 * Ions whose moment differs by more than 0.3 μB between two steps. Turning every spin of the cell over is no change, so the
 * orientation that fits better is compared.
 *
 * @param before, after  [ion], POSCAR order
 */
export function changedMoments(
  before: readonly number[],
  after: readonly number[],
  limitMuB = momentChangeLimitMuB,
): readonly MomentChange[] {
  const distance = (sign: number): number =>
    after.reduce((sum, m, n) => sum + Math.abs(sign * m - (before[n] ?? 0)), 0)
  const sign = distance(-1) < distance(1) ? -1 : 1
  return after.flatMap((moment, index) => {
    const beforeMuB = before[index] ?? 0
    const afterMuB = sign * moment
    return Math.abs(afterMuB - beforeMuB) > limitMuB ? [{ index, beforeMuB, afterMuB }] : []
  })
}
