import { resourcesOfStep } from '../../ports/resources.ts'
import { siteOf, type EngineParts } from './engine-parts.ts'
import { pollIntervalSeconds } from './poll-interval.ts'
import { inQueue, type PollMemory } from './poll.ts'

/** When to look at a site again, by what its jobs are doing. */
export async function secondsToNextPoll(parts: EngineParts, siteName: string, memory: PollMemory): Promise<number> {
  const { site } = siteOf(parts, siteName)
  const jobs = await parts.store.summaries({ site: siteName, states: inQueue })
  const watched = jobs.map(({ state, step, updatedAt }) => ({
    state,
    sinceMs: Date.parse(updatedAt),
    walltimeSeconds: resourcesOfStep(site.resources, step).walltimeSeconds,
  }))
  const lastMoveMs = memory.lastMoveMs.get(siteName) ?? 0
  return pollIntervalSeconds(site, watched, { nowMs: parts.clock.now().getTime(), lastMoveMs })
}
