import { affordable, attemptCoreHours, budgetStates, coreHoursLeft, type BudgetState } from '../engine/budget.ts'
import { holdOf, holdWords } from '../engine/held-site.ts'
import { placesOf } from '../engine/places.ts'
import type { Site } from '../../ports/site.ts'
import type { CalculationSummary, Store } from '../../ports/store.ts'
import { finalStates } from '../../workflow/calculation-state.ts'

/** Why ready calculations are not submitted, for people and for `--json`. */
export interface WaitingReason {
  readonly kind: 'budget' | 'places' | 'queue-full' | 'settings'
  /** The screen, or the site. */
  readonly of: string
  readonly waiting: number
  readonly text: string
}

type Sites = ReadonlyMap<string, Site>

/** One reason for each screen without budget and each site without a place, as far as ready calculations wait for it. */
export async function whyWaiting(store: Store, sites: Sites, screenName?: string): Promise<readonly WaitingReason[]> {
  const { unpaid, paid } = await byMoney(store, sites, screenName)
  const names = [...new Set(paid.map(({ site }) => site))]
  const placeless = await Promise.all(names.map((name) => withoutPlace(store, sites.get(name), paid)))
  return [...unpaid, ...placeless.flat()]
}

/** What waits, by whether its screen can pay for it. */
async function byMoney(store: Store, sites: Sites, screenName: string | undefined) {
  const states = ['ready', 'staged'] as const
  const waiting = await store.summaries(screenName === undefined ? { states } : { screenName, states })
  const resourcesOf = (name: string) => sites.get(name)?.resources
  const budgets = await budgetStates(store, resourcesOf)
  const ready = waiting.filter(({ state }) => state === 'ready')
  const unpaid = budgets.flatMap((budget) => overBudget(budget, ready, resourcesOf))
  const unpaidIds = new Set(unpaid.flatMap(({ ids }) => ids))
  return { unpaid: unpaid.map(({ reason }) => reason), paid: waiting.filter(({ id }) => !unpaidIds.has(id)) }
}

type ResourcesOf = Parameters<typeof budgetStates>[1]

function overBudget(budget: BudgetState, ready: readonly CalculationSummary[], resourcesOf: ResourcesOf) {
  const own = ready.filter((each) => each.screenName === budget.screenName)
  const paid = new Set(affordable(own, [budget], resourcesOf))
  const unpaid = own.filter((each) => !paid.has(each))
  const next = unpaid[0]
  if (next === undefined) return []
  const cost = attemptCoreHours(resourcesOf(next.site), next.step)
  const hours = (value: number): string => value.toFixed(1)
  const text =
    `${budget.screenName}: ${count(unpaid.length)} for core-hours: ${hours(budget.usedCoreHours)} used and ` +
    `${hours(budget.committedCoreHours)} committed of ${hours(budget.budgetCoreHours)}, ${hours(Math.max(0, coreHoursLeft(budget)))} left, ` +
    `and the next one may need ${hours(cost)}. Raise budget.coreHours of the screen, or use --budget.`
  const reason: WaitingReason = { kind: 'budget', of: budget.screenName, waiting: unpaid.length, text }
  return [{ reason, ids: unpaid.map(({ id }) => id) }]
}

async function withoutPlace(
  store: Store,
  site: Site | undefined,
  paid: readonly CalculationSummary[],
): Promise<readonly WaitingReason[]> {
  if (site === undefined) return []
  const { held, others, free, watch, hold } = await placesOf({ store }, site)
  const waiting = paid.filter((each) => each.site === site.name)
  if (hold !== undefined) {
    const text = `${count(waiting.length)}, because ${holdWords(hold)}`
    return [{ kind: 'settings', of: site.name, waiting: waiting.length, text }]
  }
  if (watch?.fullReason != null) {
    const text = `${site.name}: ${count(waiting.length)}, because it takes no more jobs of yours since ${watch.fullSince ?? '?'}: ${watch.fullReason}`
    return [{ kind: 'queue-full', of: site.name, waiting: waiting.length, text }]
  }
  const ready = waiting.filter(({ state }) => state === 'ready').length
  if (free > 0 || ready === 0) return []
  const elsewhere = others === 0 ? '' : `, ${held} by this project and ${others} by other jobs of yours`
  const text = `${site.name}: ${count(ready)} for a place: ${held + others} of ${site.maxJobs} are taken${elsewhere}.`
  return [{ kind: 'places', of: site.name, waiting: ready, text }]
}

function count(waiting: number): string {
  return waiting === 1 ? '1 calculation waits' : `${waiting} calculations wait`
}

/** Can nothing of the screen go on before a person raises its budget, or puts right what its sites refuse? */
export async function waitsForPerson(store: Store, sites: Sites, screenName: string): Promise<boolean> {
  const all = await store.summaries({ screenName })
  const idle: readonly string[] = [...finalStates, 'ready', 'planned', 'paused']
  if (!all.every(({ state }) => idle.includes(state)) || !all.some(({ state }) => state === 'ready')) return false
  const { paid } = await byMoney(store, sites, screenName)
  const holds = await Promise.all([...sites.values()].map((site) => holdOf(store, site)))
  const held = new Set(holds.flatMap((hold) => hold?.site ?? []))
  // One that never started may go to any of its sites.
  const sitesOf = ({ attempt, site, sites: more }: CalculationSummary): readonly string[] => (attempt === 0 ? [site, ...more] : [site])
  return paid.every((each) => sitesOf(each).every((site) => held.has(site)))
}
