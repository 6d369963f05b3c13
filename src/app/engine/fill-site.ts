import type { CalculationSummary } from '../../ports/store.ts'
import { affordable, budgetStates } from './budget.ts'
import { movableTo, takeOverLine } from './choose-site.ts'
import { siteOf, type EngineParts } from './engine-parts.ts'
import { isSeen, placesOf } from './places.ts'

/** Asks for the submission of as many ready calculations as the site has places and the screens can pay. */
export async function fillSite(parts: EngineParts, siteName: string): Promise<void> {
  const places = await placesOf(parts, siteOf(parts, siteName).site)
  if (places.watch?.fullReason != null || !isSeen(parts, siteName, places)) return
  const staged = await parts.store.summaries({ site: siteName, states: ['staged'] })
  const waiting = await takeOverLine(parts, siteName, await startable(parts, siteName, places.free))
  for (const calculation of [...staged, ...waiting]) {
    await parts.queue.add({ type: 'submit', subject: calculation.id })
  }
}

/** The most urgent ready calculations that may run on a site and that their screens can pay, at most so many. */
export async function startable(parts: EngineParts, siteName: string, most: number): Promise<readonly CalculationSummary[]> {
  if (most === 0) return []
  const budgets = await budgetStates(parts.store, resourcesIn(parts))
  const ready = { site: siteName, states: ['ready'], byPriority: true } as const
  const own = await parts.store.summaries(budgets.length === 0 ? { ...ready, limit: most } : ready)
  const more = await movableTo(parts, siteName, Math.max(0, most - own.length))
  const here = more.map((calculation) => ({ ...calculation, site: siteName }))
  const paid = new Set(affordable([...own, ...here], budgets, resourcesIn(parts)).slice(0, most).map(({ id }) => id))
  return [...own, ...more].filter(({ id }) => paid.has(id))
}

/** May this one be submitted now? Asked again at the moment of staging, because tasks may come late or twice. */
export async function maySubmit(parts: EngineParts, calculation: CalculationSummary): Promise<boolean> {
  const { free, watch } = await placesOf(parts, siteOf(parts, calculation.site).site)
  if (watch?.fullReason != null) return false
  if (calculation.state === 'staged') return true
  if (calculation.state !== 'ready' || free === 0) return false
  const budgets = await budgetStates(parts.store, resourcesIn(parts))
  return affordable([calculation], budgets, resourcesIn(parts)).length === 1
}

function resourcesIn(parts: EngineParts) {
  return (siteName: string) => parts.sites.get(siteName)?.site.resources
}
