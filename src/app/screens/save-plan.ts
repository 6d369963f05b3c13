import { isDeepStrictEqual } from 'node:util'
import { KnownError } from '../../base/known-error.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Store } from '../../ports/store.ts'
import type { Plan } from '../../workflow/plan.ts'

/** A calculation with this id was planned with other inputs before; running it would mix two screens in one table. */
export class ScreenChangedError extends KnownError {
  readonly code = 'SCREEN_CHANGED'
  readonly remedy: string
  constructor(screenName: string, ids: readonly string[]) {
    const shown = ids.slice(0, 3).join(', ') + (ids.length > 3 ? ` and ${ids.length - 3} more` : '')
    super(`The screen ${screenName} was changed: ${shown} would get other inputs than before.`)
    this.remedy = 'Give the changed screen another name, or undo the change.'
  }
}

export interface SavedPlan {
  /** Ids that were not there before. */
  readonly added: readonly string[]
  readonly alreadyThere: number
}

/**
 * Writes a plan into the store. What is there stays as it is, so that running a screen again does nothing twice.
 *
 * @param budgetCoreHours of the command line; it wins over the screen file, which wins over what was said before; null for no limit
 * @throws ScreenChangedError before anything is written
 */
export async function savePlan(
  store: Store,
  clock: Clock,
  plan: Plan,
  source: { readonly file: string; readonly text: string },
  budgetCoreHours?: number | null,
): Promise<SavedPlan> {
  await refuseChanged(store, plan)
  const before = await store.screen(plan.screenName)
  await store.saveScreen({
    name: plan.screenName,
    source: source.file,
    text: source.text,
    candidates: plan.candidates,
    createdAt: before?.createdAt ?? clock.now().toISOString(),
    budgetCoreHours: budgetCoreHours === undefined ? (plan.budgetCoreHours ?? before?.budgetCoreHours ?? null) : budgetCoreHours,
  })
  const added = await store.addCalculations(plan.screenName, plan.site, plan.calculations)
  return { added, alreadyThere: plan.calculations.length - added.length }
}

async function refuseChanged(store: Store, plan: Plan): Promise<void> {
  const known = await store.calculations({ screenName: plan.screenName })
  const plannedBefore = new Map(known.map((calculation) => [calculation.id, calculation.plan]))
  const changed = plan.calculations.filter((calculation) => {
    const before = plannedBefore.get(calculation.id)
    return before !== undefined && !isDeepStrictEqual(asStored(calculation), asStored(before))
  })
  if (changed.length > 0) throw new ScreenChangedError(plan.screenName, changed.map((calculation) => calculation.id))
}

// Through JSON, as the store keeps it: absent and undefined are the same there.
function asStored(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value))
}
