import type { CalculationState } from '../../workflow/calculation-state.ts'
import { siteOf, type EngineParts } from './engine-parts.ts'

/** States that hold one of the site's places. */
export const placeHolding: readonly CalculationState[] = [
  'staged',
  'submitting',
  'submit-unknown',
  'queued',
  'running',
  'suspended',
  'cancelling',
]

/** Asks for the submission of as many ready calculations as the site has places. */
export async function fillSite(parts: EngineParts, siteName: string): Promise<void> {
  const { site } = siteOf(parts, siteName)
  const held = await parts.store.summaries({ site: siteName, states: placeHolding })
  const stagedWithoutJob = held.filter((each) => each.state === 'staged')
  const free = Math.max(0, site.maxJobs - held.length)
  const waiting = free === 0 ? [] : await parts.store.summaries({ site: siteName, states: ['ready'], limit: free })
  for (const calculation of [...stagedWithoutJob, ...waiting]) {
    await parts.queue.add({ type: 'submit', subject: calculation.id })
  }
}

/** Is there a place for one more? Asked again at the moment of staging, because tasks may come late or twice. */
export async function hasPlace(parts: EngineParts, siteName: string): Promise<boolean> {
  const { site } = siteOf(parts, siteName)
  const held = await parts.store.summaries({ site: siteName, states: placeHolding })
  return held.length < site.maxJobs
}
