import { foreseePlan } from '../app/screens/save-plan.ts'
import { isKnownError } from '../base/known-error.ts'
import { existsProject, openStore, type WorkspaceOptions } from '../compose.ts'
import type { PlanDifference } from '../workflow/plan-difference.ts'
import type { Plan } from '../workflow/plan.ts'

/** What running the plan would change in its project; undefined where nothing was run yet, or when the store cannot be asked now. */
export async function differenceFromStore(plan: Plan, options: WorkspaceOptions): Promise<PlanDifference | undefined> {
  if (!existsProject(options)) return undefined
  try {
    const { store, close } = await openStore(options)
    try {
      return await foreseePlan(store, plan)
    } finally {
      await close()
    }
  } catch (error) {
    if (!isKnownError(error)) throw error
    options.say?.(`Not compared with what the project has: ${error.message}`)
    return undefined
  }
}

/** Ids alone: the plans are in the plan. */
export function differenceForMachines(difference: PlanDifference): object {
  const { added, kept, revived, replaced, obsolete, running, lostCoreHours } = difference
  const ids = (all: readonly { readonly id: string }[]): readonly string[] => all.map(({ id }) => id)
  return {
    added: ids(added),
    kept: ids(kept),
    revived: ids(revived),
    replaced: replaced.map(({ before }) => before.id),
    obsolete: obsolete.map(({ calculation: { id, state }, reason }) => ({ id, state, reason })),
    running: ids(running),
    lostCoreHours,
  }
}
