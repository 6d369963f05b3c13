import type { EngineParts } from './engine-parts.ts'

/**
 * Asks again for the collection of runs that ended a while ago: a queue that was emptied while a look at the site was at work
 * has lost them, and the rounds go on as if nothing had happened. A task that still waits in the queue is not added twice.
 */
export async function askForOverdueCollection(parts: EngineParts, site: string): Promise<void> {
  const ended = await parts.store.summaries({ site, states: ['ended', 'collected'], limit: mostAtOnce })
  const nowMs = parts.clock.now().getTime()
  const overdue = ended.filter(({ updatedAt }) => nowMs - Date.parse(updatedAt) > overdueMs)
  if (overdue.length > 0) await parts.queue.addMany(overdue.map(({ id }) => ({ type: 'collect', subject: id })))
}

const overdueMs = 60_000
/** The oldest; the others come when these are done. */
const mostAtOnce = 200
