import { isKnownError } from '../../base/known-error.ts'
import type { NamedJob } from '../../ports/scheduler.ts'
import type { CalculationSummary } from '../../ports/store.ts'
import type { CalculationState } from '../../workflow/calculation-state.ts'
import { findTargets } from '../screens/find-target.ts'
import { moveAll } from '../screens/move-all.ts'
import { advance } from './advance.ts'
import { siteOf, type EngineParts } from './engine-parts.ts'
import { runOwned } from './hold-site.ts'
import { isSiteTrouble, saySiteTrouble } from './site-trouble.ts'

export interface Cancelled {
  /** Had no job: nothing will run. */
  readonly cancelled: readonly string[]
  /** Had a job: it was asked to end, and is cancelled as soon as it is gone. */
  readonly cancelling: readonly string[]
  /** Just being submitted, or it is not known whether there is a job: to be asked again when that is known. */
  readonly inDoubt: readonly string[]
}

const withoutJob: readonly CalculationState[] = ['planned', 'ready', 'staged', 'paused', 'blocked', 'failed']
const withJob: readonly CalculationState[] = ['queued', 'running', 'suspended', 'cancelling']
const inDoubt: readonly CalculationState[] = ['submitting', 'submit-unknown']

/** Those of the targets that can still be cancelled. @throws TargetUnknownError */
export async function cancellable(store: EngineParts['store'], targets: readonly string[]): Promise<readonly CalculationSummary[]> {
  const found = await findTargets(store, targets)
  return found.filter(({ state }) => [...withoutJob, ...withJob, ...inDoubt].includes(state))
}

/**
 * Cancels what the targets name: the wish is written first, then the jobs are asked to end; every look at the site asks
 * again those that are still there. Nothing is written where another copy of the project owns a site that has such jobs.
 *
 * @throws TargetUnknownError, SiteOwnedElsewhereError
 */
export async function cancel(parts: EngineParts, targets: readonly string[], actor = 'person'): Promise<Cancelled> {
  const found = await cancellable(parts.store, targets)
  const of = (states: readonly CalculationState[]) => found.filter(({ state }) => states.includes(state))
  await refuseCopy(parts, of(withJob))
  const why = { actor, reason: 'cancelled by a person' }
  const cancelled = await moveAll(parts.store, of(withoutJob), 'cancelled', why)
  const before = of(withJob)
  const moved = await moveAll(parts.store, before.filter(({ state }) => state !== 'cancelling'), 'cancelling', why)
  const cancelling = before.filter(({ id, state }) => state === 'cancelling' || moved.includes(id))
  for (const site of new Set(cancelling.map((each) => each.site))) {
    await sayTrouble(parts, site, endJobs(parts, site, cancelling.filter((each) => each.site === site)))
    await parts.queue.add({ type: 'poll', subject: site })
  }
  await advance(parts)
  return { cancelled, cancelling: cancelling.map(({ id }) => id), inDoubt: of(inDoubt).map(({ id }) => id) }
}

/** A copy that lost its site must not show jobs as ending that it cannot end. A site that does not answer is no refusal. */
async function refuseCopy(parts: EngineParts, withJobs: readonly CalculationSummary[]): Promise<void> {
  for (const site of new Set(withJobs.map((each) => each.site))) {
    await sayTrouble(parts, site, runOwned(parts, site, { program: 'true', args: [] }), 'SITE_OWNED_ELSEWHERE')
  }
}

/** Trouble of a site is said and passed over, except of a code that the caller has to know of. */
async function sayTrouble(parts: EngineParts, site: string, asked: Promise<unknown>, thrown?: string): Promise<void> {
  await asked.catch((error: unknown) => {
    if (!isKnownError(error) || !isSiteTrouble(error) || error.code === thrown) throw error
    saySiteTrouble(parts, site, error)
  })
}


/** Asks a site to end jobs; one whose id is another job's by now is left alone, for its name is compared there. */
export async function endJobs(
  parts: EngineParts,
  siteName: string,
  calculations: readonly Pick<CalculationSummary, 'nativeId' | 'token'>[],
): Promise<void> {
  const jobs = calculations.flatMap(({ nativeId, token }): readonly NamedJob[] =>
    nativeId === null || token === null ? [] : [{ id: nativeId, name: token }],
  )
  for (let start = 0; start < jobs.length; start += jobsPerCall) {
    const command = siteOf(parts, siteName).scheduler.cancelCommand(jobs.slice(start, start + jobsPerCall))
    await runOwned(parts, siteName, command)
  }
}

const jobsPerCall = 1000
