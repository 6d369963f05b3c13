import type { CalculationSummary } from '../../ports/store.ts'
import { askForSubmissions, submissionsAtOnce } from './asked.ts'
import { affordable, budgetStates, type BudgetState } from './budget.ts'
import { movableTo, takeOverLine } from './choose-site.ts'
import { siteOf, type EngineParts } from './engine-parts.ts'
import { isSeen, placesOf } from './places.ts'
import { together } from './together.ts'

/** So many tasks of a site wait at a time; each submission brings the next ones, so that a long line costs what a short one does. */
const mostInLine = 2 * submissionsAtOnce

/**
 * Asks for the submission of ready calculations as far as the site has places and the screens can pay, the first of the line; once
 * for all that ask for it in the same moment.
 */
export async function fillSite(parts: EngineParts, siteName: string): Promise<void> {
  await fillSites(parts, [siteName])
}

const fillSites = together(async (parts, siteNames) => {
  for (const siteName of siteNames) await fillOne(parts, siteName)
})

async function fillOne(parts: EngineParts, siteName: string): Promise<void> {
  const places = await placesOf(parts, siteOf(parts, siteName).site)
  if (places.hold !== undefined || places.watch?.fullReason != null || !isSeen(parts, siteName, places)) return
  const staged = await parts.store.summaries({ site: siteName, states: ['staged'], limit: mostInLine })
  const waiting = await takeOverLine(parts, siteName, await startable(parts, siteName, Math.min(places.free, mostInLine)))
  await askForSubmissions(parts, [...staged, ...waiting].map(({ id }) => id))
}

/** The most urgent ready calculations that may run on a site and that their screens can pay, at most so many. */
export async function startable(parts: EngineParts, siteName: string, most: number): Promise<readonly CalculationSummary[]> {
  if (most === 0) return []
  const budgets = await budgetStates(parts.store, resourcesIn(parts))
  const own = await affordableLine(parts, siteName, most, budgets)
  const more = await movableTo(parts, siteName, Math.max(0, most - own.length))
  const here = more.map((calculation) => ({ ...calculation, site: siteName }))
  const paid = new Set(affordable([...own, ...here], budgets, resourcesIn(parts)).slice(0, most).map(({ id }) => id))
  return [...own, ...more].filter(({ id }) => paid.has(id))
}

/** Looks further down the line, fourfold each time, while screens without money stand before the others. */
async function affordableLine(parts: EngineParts, siteName: string, most: number, budgets: readonly BudgetState[]): Promise<readonly CalculationSummary[]> {
  const limits = budgets.length === 0 ? most : 4 * most
  for (let limit = limits; ; limit *= 4) {
    const line = await parts.store.summaries({ site: siteName, states: ['ready'], byPriority: true, limit })
    const paid = affordable(line, budgets, resourcesIn(parts))
    if (paid.length >= most || line.length < limit) return paid.slice(0, most)
  }
}

function resourcesIn(parts: EngineParts) {
  return (siteName: string) => parts.sites.get(siteName)?.site.resources
}
