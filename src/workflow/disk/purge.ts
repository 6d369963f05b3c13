import type { CalculationState } from '../calculation-state.ts'

export interface PurgeCandidate {
  readonly id: string
  readonly site: string
  readonly state: CalculationState
  /** ISO; the files are not younger. */
  readonly updatedAt: string
}

export interface PurgeWarning {
  readonly site: string
  /** The first day on which a file may go, ISO date. */
  readonly from: string
  /** Calculations whose files may go within the next days, or are gone already. */
  readonly ids: readonly string[]
  readonly words: string
}

/** A week to copy things away, or a quarter of a short time. */
const longestNoticeDays = 7
const dayMs = 86_400_000

/**
 * Which sites will soon remove files of finished calculations.
 *
 * @param purgeDays by site; sites that keep files are absent
 */
export function purgeWarnings(
  calculations: readonly PurgeCandidate[],
  purgeDays: ReadonlyMap<string, number>,
  now: Date,
): readonly PurgeWarning[] {
  return [...purgeDays].flatMap(([site, days]) => {
    const noticeMs = Math.min(longestNoticeDays, days / 4) * dayMs
    const due = calculations
      .filter((each) => each.site === site && each.state === 'done')
      .map(({ id, updatedAt }) => ({ id, goesMs: Date.parse(updatedAt) + days * dayMs }))
      .filter(({ goesMs }) => goesMs - now.getTime() < noticeMs)
      .sort((a, b) => a.goesMs - b.goesMs)
    const [first] = due
    if (first === undefined) return []
    const from = new Date(first.goesMs).toISOString().slice(0, 10)
    const ids = due.map(({ id }) => id)
    const words = `${site} removes files after ${days} days: those of ${ids.length} finished calculation${ids.length === 1 ? '' : 's'} go from ${from} on (${first.id} first). Copy what you need, or export it.`
    return [{ site, from, ids, words }]
  })
}
