import { resourcesOfStep, type SiteResources } from '../../ports/resources.ts'
import type { CalculationSummary, Store } from '../../ports/store.ts'
import { coresOf } from './attempt-record.ts'
import { placeHolding } from './places.ts'

/** What a screen may cost, has cost, and may still cost by what is submitted. */
export interface BudgetState {
  readonly screenName: string
  readonly budgetCoreHours: number
  /** Cores × time of all attempts that have ended, whether they succeeded or not. */
  readonly usedCoreHours: number
  /** Cores × walltime of everything that is staged, queued or running: the most that it can still use. */
  readonly committedCoreHours: number
}

type ResourcesOf = (siteName: string) => SiteResources | undefined

/** The most that one attempt can use: cores × walltime. */
export function attemptCoreHours(resources: SiteResources | undefined, step: string): number {
  const asked = resourcesOfStep(resources, step)
  return (coresOf(asked) * asked.walltimeSeconds) / 3600
}

/** One for each screen that has a budget. */
export async function budgetStates(store: Store, resourcesOf: ResourcesOf): Promise<readonly BudgetState[]> {
  const budgets = await store.screenBudgets()
  return Promise.all(
    budgets.map(async ({ screenName, budgetCoreHours }) => {
      const held = await store.summaries({ screenName, states: placeHolding })
      const committed = held.reduce((sum, { site, step }) => sum + attemptCoreHours(resourcesOf(site), step), 0)
      const usedCoreHours = await store.coreHoursOfScreen(screenName)
      return { screenName, budgetCoreHours, usedCoreHours, committedCoreHours: committed }
    }),
  )
}

/** Those that may be submitted without any screen going over its budget, in the same order. */
export function affordable<T extends Pick<CalculationSummary, 'screenName' | 'site' | 'step'>>(
  ready: readonly T[],
  states: readonly BudgetState[],
  resourcesOf: ResourcesOf,
): readonly T[] {
  const left = new Map(states.map((each) => [each.screenName, coreHoursLeft(each)]))
  return ready.filter(({ screenName, site, step }) => {
    const remaining = left.get(screenName)
    if (remaining === undefined) return true
    const cost = attemptCoreHours(resourcesOf(site), step)
    if (cost > remaining) return false
    left.set(screenName, remaining - cost)
    return true
  })
}

export function coreHoursLeft({ budgetCoreHours, usedCoreHours, committedCoreHours }: BudgetState): number {
  return budgetCoreHours - usedCoreHours - committedCoreHours
}
