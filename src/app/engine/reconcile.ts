import { advance } from './advance.ts'
import type { EngineParts } from './engine-parts.ts'
import { fillSite } from './fill-site.ts'

const actor = 'reconcile'

/**
 * Rebuilds all pending work from the store: at start, every few minutes, and after a queue was lost.
 *
 * @param isStart whether no other code of this engine is submitting, so that `submitting` can only be a leftover
 */
export async function reconcile(parts: EngineParts, options: { readonly isStart: boolean }): Promise<void> {
  if (options.isStart) await doubtInterruptedSubmissions(parts)
  await advance(parts)
  for (const siteName of parts.sites.keys()) {
    const ended = await parts.store.calculations({ site: siteName, states: ['ended', 'collected'] })
    for (const calculation of ended) await parts.queue.add({ type: 'collect', subject: calculation.id })
    await fillSite(parts, siteName)
    await parts.queue.add({ type: 'poll', subject: siteName })
  }
}

async function doubtInterruptedSubmissions(parts: EngineParts): Promise<void> {
  for (const calculation of await parts.store.calculations({ states: ['submitting'] })) {
    const why = { actor, reason: 'the engine stopped while it was submitting' }
    await parts.store.transition(calculation, 'submit-unknown', why)
  }
}
