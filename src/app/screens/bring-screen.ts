import { cancel } from '../engine/cancel.ts'
import { siteOf, type EngineParts } from '../engine/engine-parts.ts'
import type { PlannedScreen } from '../plan/plan-screen.ts'
import { holdForPilot } from './pilot.ts'
import { savePlan, type SavedPlan } from './save-plan.ts'

/** What a person says with a screen; plain data, so that another process can be asked to do it. */
export interface ScreenWish extends PlannedScreen {
  /** null for no limit; absent for what the screen says. */
  readonly budgetCoreHours?: number | null | undefined
  /** Running jobs with old inputs are ended. */
  readonly replacesRunning: boolean
  readonly useCache: boolean
  readonly startsWithPilot: boolean
}

export interface BroughtScreen extends SavedPlan {
  /** How many wait until the pilot is accepted, when this screen has just begun with one. */
  readonly held: number | undefined
}

/**
 * Writes a screen into the store, ends the jobs that it gives up, and holds what waits for its pilot.
 *
 * @throws SiteUnknownError, RunningWouldChangeError before anything is written
 */
export async function bringScreen(parts: EngineParts, wish: ScreenWish): Promise<BroughtScreen> {
  const { store, clock } = parts
  const { plan, source } = wish
  for (const site of [plan.site, ...(plan.sites ?? [])]) siteOf(parts, site)
  const before = (await store.screen(plan.screenName))?.options?.pilot
  const isNewPilot = wish.startsWithPilot && before === undefined
  const pilot = isNewPilot ? 'waiting' : before
  const saved = await savePlan(store, clock, plan, source, {
    budgetCoreHours: wish.budgetCoreHours,
    replacesRunning: wish.replacesRunning,
    said: { useCache: wish.useCache, ...(pilot === undefined ? {} : { pilot }) },
  })
  if (saved.toStop.length > 0) await cancel(parts, saved.toStop, 'plan')
  // Also where the process before ended between the two: what is held already stays so.
  return { ...saved, held: pilot === 'waiting' ? await holdForPilot(store, plan.screenName) : undefined }
}
