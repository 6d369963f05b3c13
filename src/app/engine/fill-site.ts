import type { CalculationSummary } from '../../ports/store.ts'
import { askForSubmission } from './asked.ts'
import { affordable, budgetStates, type BudgetState } from './budget.ts'
import { movableTo, takeOverLine } from './choose-site.ts'
import { siteOf, type EngineParts } from './engine-parts.ts'
import { isSeen, placesOf } from './places.ts'

/** So many tasks of a site wait at a time; each submission brings the next one, so that a long line costs what a short one does. */
const mostInLine = 32

/** Asks for the submission of ready calculations as far as the site has places and the screens can pay, the first of the line. */
export async function fillSite(parts: EngineParts, siteName: string): Promise<void> {
  const places = await placesOf(parts, siteOf(parts, siteName).site)
  if (places.hold !== undefined || places.watch?.fullReason != null || !isSeen(parts, siteName, places)) return
  const staged = await parts.store.summaries({ site: siteName, states: ['staged'], limit: mostInLine })
  const waiting = await takeOverLine(parts, siteName, await startable(parts, siteName, Math.min(places.free, mostInLine)))
  for (const calculation of [...staged, ...waiting]) {
    await askForSubmission(parts, calculation.id)
  }
}

/** After a submission: the last of the line that `fillSite` would ask for, when the line is as long as that. */
export async function bringNext(parts: EngineParts, siteName: string): Promise<void> {
  const line = await parts.store.summaries({ site: siteName, states: ['ready'], byPriority: true, limit: mostInLine })
  const last = line.length === mostInLine ? line.at(-1) : undefined
  // Whether there is a place for it, and money, is asked when its turn comes.
  if (last !== undefined) await askForSubmission(parts, last.id)
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

/** May this one be submitted now? Asked again at the moment of staging, because tasks may come late or twice. */
export async function maySubmit(parts: EngineParts, calculation: CalculationSummary): Promise<boolean> {
  const { free, watch, hold } = await placesOf(parts, siteOf(parts, calculation.site).site)
  if (hold !== undefined || watch?.fullReason != null) return false
  if (calculation.state === 'staged') return true
  if (calculation.state !== 'ready' || free === 0) return false
  const budgets = await budgetStates(parts.store, resourcesIn(parts))
  return affordable([calculation], budgets, resourcesIn(parts)).length === 1
}

function resourcesIn(parts: EngineParts) {
  return (siteName: string) => parts.sites.get(siteName)?.site.resources
}
