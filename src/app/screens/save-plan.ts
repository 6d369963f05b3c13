import { KnownError } from '../../base/known-error.ts'
import type { Clock } from '../../ports/clock.ts'
import type { ScreenOptions } from '../../ports/screen-growth.ts'
import type { Store } from '../../ports/store.ts'
import { importedSite } from '../../workflow/imported.ts'
import { planDifference, type PlanDifference } from '../../workflow/plan-difference.ts'
import type { Plan } from '../../workflow/plan.ts'

/** Jobs run that the new text of the screen no longer asks for: a person decides whether they are stopped. */
export class RunningWouldChangeError extends KnownError {
  readonly code = 'RUNNING_WOULD_CHANGE'
  readonly remedy = 'Wait until they have ended and run the screen again, or use --replace to stop them now.'
  constructor(screenName: string, ids: readonly string[]) {
    const shown = ids.slice(0, 3).join(', ') + (ids.length > 3 ? ` and ${ids.length - 3} more` : '')
    super(`The screen ${screenName} was changed, and what it no longer asks for is running: ${shown}.`)
  }
}

export interface SavedPlan {
  /** Ids that were not there before. */
  readonly added: readonly string[]
  readonly alreadyThere: number
  /** Obsolete ones that have a job: whoever calls this stops them. */
  readonly toStop: readonly string[]
}

export interface SaveOptions {
  /** Of the command line; it wins over the screen file, which wins over what was said before; null for no limit. */
  readonly budgetCoreHours?: number | null | undefined
  /** Running jobs with old inputs are given up. */
  readonly replacesRunning?: boolean
  readonly said?: ScreenOptions
}

/** What running a changed screen would do; nothing is written. */
export async function foreseePlan(store: Store, plan: Plan): Promise<PlanDifference> {
  const { screenName } = plan
  const members = new Set(plan.candidates.map(({ id }) => id))
  const all = await store.calculations({ screenName, withObsolete: true })
  // What was imported beside the plan stays; under a planned name it gives way to the plan.
  const standing = all.filter(({ site, candidateId }) => site !== importedSite || members.has(candidateId))
  const hours = new Map<string, number>()
  if (standing.length > 0) {
    for (const { calculationId, coreHours } of await store.attemptsOfScreen(screenName)) {
      hours.set(calculationId, (hours.get(calculationId) ?? 0) + (coreHours ?? 0))
    }
  }
  return planDifference(plan, standing.map((each) => ({ ...each, coreHours: hours.get(each.id) ?? 0 })))
}

/**
 * Writes a plan into the store: adds what is new, keeps what is the same, marks what is obsolete. Running a screen again
 * does nothing twice.
 *
 * @throws RunningWouldChangeError before anything is written
 */
export async function savePlan(
  store: Store,
  clock: Clock,
  plan: Plan,
  source: { readonly file: string; readonly text: string },
  options: SaveOptions = {},
): Promise<SavedPlan> {
  const difference = await foreseePlan(store, plan)
  const { added, kept, revived, replaced, obsolete, running, calculationIds } = difference
  if (running.length > 0 && options.replacesRunning !== true) {
    throw new RunningWouldChangeError(plan.screenName, running.map(({ id }) => id))
  }
  await store.growScreen({
    screen: await screenRecord(store, clock, plan, source, options),
    site: plan.site,
    sites: plan.sites ?? [],
    priority: plan.priority ?? 0,
    added,
    replaced: replaced.map(({ before, after }) => ({ calculation: before, plan: after })),
    obsolete: obsolete.map(({ calculation: { id, revision }, reason }) => ({ id, revision, reason })),
    revived,
    calculationIds: [...calculationIds, ...(await importedBeside(store, plan))],
  })
  const alreadyThere = kept.length + revived.length + replaced.length
  return { added: added.map(({ id }) => id), alreadyThere, toStop: running.map(({ id }) => id) }
}

async function importedBeside(store: Store, { screenName, candidates }: Plan): Promise<readonly string[]> {
  const imported = await store.summaries({ screenName, site: importedSite })
  return imported.filter(({ candidateId }) => candidates.every(({ id }) => id !== candidateId)).map(({ id }) => id)
}

async function screenRecord(
  store: Store,
  clock: Clock,
  plan: Plan,
  source: { readonly file: string; readonly text: string },
  { budgetCoreHours, said }: SaveOptions,
) {
  const before = await store.screen(plan.screenName)
  const imported = (before?.candidates ?? []).filter((each) => each.imported !== undefined && plan.candidates.every(({ id }) => id !== each.id))
  return {
    name: plan.screenName,
    source: source.file,
    text: source.text,
    candidates: [...plan.candidates, ...imported],
    createdAt: before?.createdAt ?? clock.now().toISOString(),
    budgetCoreHours: budgetCoreHours === undefined ? (plan.budgetCoreHours ?? before?.budgetCoreHours ?? null) : budgetCoreHours,
    options: { ...before?.options, ...said },
  }
}
