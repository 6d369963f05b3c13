import type { CalculationFilter, CalculationSummary } from '../../ports/store.ts'
import { preferSiteOf } from './choose-site.ts'
import type { EngineParts } from './engine-parts.ts'
import { together } from './together.ts'
import { whichMoved } from './unless-quicker.ts'

const waiting = ['planned', 'blocked'] as const
const perPage = 500

/**
 * Makes ready what waits for nothing any more, and blocks what waits for something that will not come, page by page. Doing it twice
 * changes nothing; what goes on waiting is not read.
 */
export async function advance(parts: EngineParts): Promise<void> {
  let page = await parts.store.summaries(nextPage)
  while (page.length > 0) {
    await advanceAll(parts, page)
    const last = page.at(-1)
    page = last === undefined ? [] : await parts.store.summaries({ ...nextPage, afterId: last.id })
  }
}

const nextPage = { states: waiting, canAdvance: true, limit: perPage } as const

/**
 * The same for those alone that wait for one of these, so that an end costs the same in a screen of any size; once for all ends of the
 * same moment.
 */
export const advanceAfter = together(async (parts, ids) => {
  await advanceAll(parts, await waitingWhere(parts, { dependingOn: ids }))
})

/** What is moved may free or block what waits for it in turn. */
async function advanceAll(parts: EngineParts, calculations: readonly CalculationSummary[]): Promise<void> {
  const moved = await advanceEach(parts, calculations)
  if (moved.length === 0) return
  const ids = moved.map(({ id }) => id)
  const next = [...(await waitingWhere(parts, { ids })), ...(await waitingWhere(parts, { dependingOn: ids }))]
  await advanceAll(parts, next)
}

function waitingWhere(parts: EngineParts, filter: CalculationFilter): Promise<readonly CalculationSummary[]> {
  return parts.store.summaries({ ...filter, states: waiting })
}

/** Those that were blocked or freed: what became ready changes nothing for others. */
async function advanceEach(parts: EngineParts, calculations: readonly CalculationSummary[]): Promise<readonly CalculationSummary[]> {
  const before = [...new Set(calculations.flatMap(({ dependsOn }) => dependsOn))]
  const known = before.length === 0 ? [] : await parts.store.summaries({ ids: before })
  const byId = new Map(known.map((each) => [each.id, each]))
  let moved: readonly CalculationSummary[] = []
  await whichMoved(calculations, (each) => moveOne(parts, each, byId), async (those) => void (moved = those))
  return moved
}

type ById = ReadonlyMap<string, CalculationSummary>

function moveOne(parts: EngineParts, calculation: CalculationSummary, byId: ById): Promise<boolean> {
  return calculation.state === 'planned' ? advanceOne(parts, calculation, byId) : unblock(parts, calculation, byId)
}

async function advanceOne(parts: EngineParts, calculation: CalculationSummary, byId: ById): Promise<boolean> {
  const stuck = upstream(calculation, byId).find(isStuck)
  if (stuck !== undefined) {
    await parts.store.transition(calculation, 'blocked', { actor: 'advance', reason: `${stuck.id} is ${stuck.state}` })
    return true
  }
  if (upstream(calculation, byId).every((each) => each.state === 'done')) {
    const why = { actor: 'advance', reason: 'nothing is left to wait for' }
    await preferSiteOf(parts, await parts.store.transition(calculation, 'ready', why), upstream(calculation, byId))
  }
  return false
}

async function unblock(parts: EngineParts, calculation: CalculationSummary, byId: ById): Promise<boolean> {
  if (upstream(calculation, byId).some(isStuck)) return false
  await parts.store.transition(calculation, 'planned', { actor: 'advance', reason: 'what it waits for goes on again' })
  return true
}

function upstream(calculation: CalculationSummary, byId: ById): readonly CalculationSummary[] {
  return calculation.dependsOn.flatMap((id) => byId.get(id) ?? [])
}

function isStuck(calculation: CalculationSummary): boolean {
  return calculation.state === 'failed' || calculation.state === 'cancelled' || calculation.state === 'blocked'
}
