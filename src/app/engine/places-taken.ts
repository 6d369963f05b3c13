import type { CalculationSummary } from '../../ports/store.ts'
import { affordable, budgetStates } from './budget.ts'
import { siteOf, type EngineParts } from './engine-parts.ts'
import { holdOf } from './held-site.ts'
import { placesOf } from './places.ts'
import { together } from './together.ts'

/** What this process has given places to and the store does not show yet: being staged, each under its id. */
const givenBy = new WeakMap<EngineParts, Map<string, CalculationSummary>>()
/** Who asks for a place, until the next count. */
const askingBy = new WeakMap<EngineParts, Map<string, Asking>>()

interface Asking {
  readonly calculation: CalculationSummary
  readonly answer: (isGranted: boolean) => void
}

/**
 * May this one be submitted now? Asked again at the moment of staging, because tasks may come late or twice.
 *
 * Places and money are counted once for all that ask at the same time, and are given in the order of asking. What is given counts
 * as taken until it is given back, which has to be after the store shows the calculation as staged.
 *
 * @returns gives the place back; undefined when there is none
 */
export async function takePlace(parts: EngineParts, calculation: CalculationSummary): Promise<(() => void) | undefined> {
  if (calculation.state !== 'ready' && calculation.state !== 'staged') return undefined
  const given = entriesOf(givenBy, parts)
  const answer = new Promise<boolean>((resolve) => entriesOf(askingBy, parts).set(calculation.id, { calculation, answer: resolve }))
  // A count that fails answers nobody.
  await countFor(parts, [calculation.site])
  if (!(await answer)) return undefined
  return () => void given.delete(calculation.id)
}

const countFor = together(async (parts, sites) => {
  for (const site of sites) await grantOn(parts, site)
})

async function grantOn(parts: EngineParts, siteName: string): Promise<void> {
  const asking = [...entriesOf(askingBy, parts).values()].filter(({ calculation }) => calculation.site === siteName)
  for (const { calculation } of asking) entriesOf(askingBy, parts).delete(calculation.id)
  const granted = await grantedOf(parts, siteName, asking.map(({ calculation }) => calculation))
  for (const { calculation, answer } of asking) answer(granted.has(calculation.id))
}

async function grantedOf(parts: EngineParts, siteName: string, asking: readonly CalculationSummary[]): Promise<ReadonlySet<string>> {
  const given = entriesOf(givenBy, parts)
  // Read before the store is: one that is staged meanwhile is counted twice rather than not at all.
  const before = [...given.values()]
  const { site } = siteOf(parts, siteName)
  const { free, watch } = await placesOf(parts, site)
  if (watch?.fullReason != null || (await holdOf(parts.store, site)) !== undefined) return new Set()
  const staged = asking.filter(({ state }) => state === 'staged')
  const ready = asking.filter(({ state }) => state === 'ready')
  const paid = new Set(await affordableOf(parts, before, ready))
  const left = Math.max(0, free - before.filter((each) => each.site === siteName).length)
  const granted = ready.filter(({ id }) => paid.has(id)).slice(0, left)
  for (const each of granted) given.set(each.id, each)
  return new Set([...staged, ...granted].map(({ id }) => id))
}

async function affordableOf(parts: EngineParts, before: readonly CalculationSummary[], ready: readonly CalculationSummary[]): Promise<readonly string[]> {
  const resourcesOf = (name: string) => parts.sites.get(name)?.site.resources
  const budgets = await budgetStates(parts.store, resourcesOf)
  return affordable([...before, ...ready], budgets, resourcesOf).map(({ id }) => id)
}

function entriesOf<T>(all: WeakMap<EngineParts, Map<string, T>>, parts: EngineParts): Map<string, T> {
  const known = all.get(parts) ?? new Map<string, T>()
  all.set(parts, known)
  return known
}
