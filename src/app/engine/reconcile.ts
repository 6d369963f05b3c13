import { advance } from './advance.ts'
import { doubtInterrupted, longestSubmissionMs } from './doubt.ts'
import type { EngineParts } from './engine-parts.ts'
import { fillSite } from './fill-site.ts'
import { releaseMended } from './held-site.ts'

/**
 * Rebuilds all pending work from the store: at start, every few minutes, and after a queue was lost.
 *
 * @param isStart whether no other code of this engine is submitting, so that `submitting` can only be a leftover
 */
export async function reconcile(parts: EngineParts, options: { readonly isStart: boolean }): Promise<void> {
  await doubtInterrupted(parts, options.isStart ? 0 : longestSubmissionMs)
  await advance(parts)
  await releaseMended(parts)
  for (const siteName of parts.sites.keys()) {
    await askForCollection(parts, siteName)
    await fillSite(parts, siteName)
    await parts.queue.add({ type: 'poll', subject: siteName })
  }
}

/** The oldest first; a longer line is asked for in parts, as it gets shorter. */
async function askForCollection(parts: EngineParts, site: string): Promise<void> {
  const ended = await parts.store.summaries({ site, states: ['ended', 'collected'], limit: mostAtOnce })
  await parts.queue.addMany(ended.map(({ id }) => ({ type: 'collect', subject: id })))
  if (ended.length < mostAtOnce) return
  await parts.queue.add({ type: 'reconcile', subject: 'all' }, { delaySeconds: 60, key: 'reconcile-the-rest' })
}

const mostAtOnce = 2_000
