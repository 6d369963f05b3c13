import type { CalculationSummary } from '../../ports/store.ts'
import { preferSiteOf } from './choose-site.ts'
import type { EngineParts } from './engine-parts.ts'

/**
 * Makes ready what waits for nothing any more, and blocks what waits for something that will not come.
 *
 * Runs after every end of a calculation and at reconcile; doing it twice changes nothing.
 */
export async function advance(parts: EngineParts): Promise<void> {
  const all = await parts.store.summaries()
  const byId = new Map(all.map((each) => [each.id, each]))
  for (const calculation of all) {
    if (calculation.state === 'planned') await advanceOne(parts, calculation, byId)
    if (calculation.state === 'blocked') await unblock(parts, calculation, byId)
  }
}

type ById = ReadonlyMap<string, CalculationSummary>

async function advanceOne(parts: EngineParts, calculation: CalculationSummary, byId: ById): Promise<void> {
  const stuck = upstream(calculation, byId).find(isStuck)
  if (stuck !== undefined) {
    await parts.store.transition(calculation, 'blocked', { actor: 'advance', reason: `${stuck.id} is ${stuck.state}` })
  } else if (upstream(calculation, byId).every((each) => each.state === 'done')) {
    const why = { actor: 'advance', reason: 'nothing is left to wait for' }
    await preferSiteOf(parts, await parts.store.transition(calculation, 'ready', why), upstream(calculation, byId))
  }
}

async function unblock(parts: EngineParts, calculation: CalculationSummary, byId: ById): Promise<void> {
  if (upstream(calculation, byId).some(isStuck)) return
  await parts.store.transition(calculation, 'planned', { actor: 'advance', reason: 'what it waits for goes on again' })
}

function upstream(calculation: CalculationSummary, byId: ById): readonly CalculationSummary[] {
  return calculation.dependsOn.flatMap((id) => byId.get(id) ?? [])
}

function isStuck(calculation: CalculationSummary): boolean {
  return calculation.state === 'failed' || calculation.state === 'cancelled' || calculation.state === 'blocked'
}
