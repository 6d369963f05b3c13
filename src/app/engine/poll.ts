import { isKnownError } from '../../base/known-error.ts'
import type { JobStatus, NativeId } from '../../ports/scheduler.ts'
import type { JobNotice } from '../../ports/site-watch.ts'
import type { SiteConnection } from '../../ports/site-connection.ts'
import type { CalculationSummary } from '../../ports/store.ts'
import type { CalculationState } from '../../workflow/calculation-state.ts'
import { lookAt } from '../dispatch/look-at.ts'
import { endInWords, type JobFiles } from '../dispatch/look-script.ts'
import { lookForHandsWhenDue } from '../hands/look-for-hands.ts'
import { watchRun, type WatchMemory } from '../watch/watch-run.ts'
import { advanceAfter } from './advance.ts'
import { endedRecord, startedRecord } from './attempt-record.ts'
import { endJobs } from './cancel.ts'
import { siteOf, type EngineParts } from './engine-parts.ts'
import { fillSite, startable } from './fill-site.ts'
import { holdOf } from './held-site.ts'
import { finalStates } from './final-states.ts'
import { askForOverdueCollection } from './overdue-collection.ts'
import { countsOthers, placeHolding } from './places.ts'
import { closeUnstarted, settle } from './settle.ts'
import { isSiteTrouble, saySiteTrouble } from './site-trouble.ts'
import { noteQueue, noteWaiting, noticeOf } from './watch-queue.ts'
import { whichMoved } from './unless-quicker.ts'
import { refuseMissingWorkFolder } from './work-folder-there.ts'

const actor = 'poll'
export const inQueue: readonly CalculationState[] = ['queued', 'running', 'suspended', 'cancelling']

/** What one process remembers between polls; losing it costs a little time and nothing else. */
export interface PollMemory {
  /** When each job was first missed by a clean query; forgotten as soon as it is seen. */
  readonly missing: Map<string, { readonly firstMs: number; readonly polls: number }>
  /** Why jobs wait, as it was last written down. */
  readonly notices: Map<string, JobNotice>
  /** By site: when a poll last moved anything. */
  readonly lastMoveMs: Map<string, number>
  readonly watched: WatchMemory
  /** By site: when its folders were last looked at for what people changed there. */
  readonly handsLookedMs: Map<string, number>
}

export function emptyPollMemory(): PollMemory {
  return { missing: new Map(), notices: new Map(), lastMoveMs: new Map(), watched: new Map(), handsLookedMs: new Map() }
}

/**
 * Asks a site once about all jobs and once about their files, and moves what has moved.
 *
 * A doubtful answer moves nothing: the error says so and the next poll decides.
 */
export async function poll(parts: EngineParts, siteName: string, memory: PollMemory): Promise<void> {
  const connection = siteOf(parts, siteName)
  const doubtful = await parts.store.calculations({ site: siteName, states: ['submit-unknown'] })
  const active = await parts.store.summaries({ site: siteName, states: inQueue })
  if (doubtful.length + active.length === 0 && !(await isWaitedFor(parts, connection))) {
    // Nobody is asked for a password where nothing runs.
    if (connection.site.transport.kind === 'local') await lookForHandsWhenDue(parts, siteName, memory.handsLookedMs)
    return askForOverdueCollection(parts, siteName)
  }
  try {
    const listed = await listJobs(connection)
    const files = await lookAt(connection.transport, active.map(({ remoteFolder }) => remoteFolder ?? '/nonexistent'))
    const byName = new Map([...listed.values()].map((job) => [job.name, job]))
    const jobs = active.map((calculation, i) => ({ calculation, files: files[i], job: ownJob(calculation, listed, byName) }))
    await whichMoved(jobs, (each) => follow(parts, each, memory), (ended) => askForCollection(parts, ended))
    await endUntold(parts, connection, jobs, memory)
    const unwanted = jobs.filter(({ calculation, files, job }) => calculation.state === 'cancelling' && files?.end === undefined && job !== undefined)
    await endJobs(parts, siteName, unwanted.map(({ calculation }) => calculation))
    for (const calculation of doubtful) await settle(parts, calculation, listed)
    const notices = jobs.map(({ calculation, job }) => [calculation.id, job && noticeOf(connection, calculation, job)] as const)
    await noteWaiting(parts, new Map(notices), memory.notices)
    const held = await parts.store.summaries({ site: siteName, states: placeHolding })
    await noteQueue(parts, connection, listed, [...active, ...doubtful, ...held])
  } catch (error) {
    if (!isKnownError(error) || !isSiteTrouble(error)) throw error
    saySiteTrouble(parts, siteName, error)
    return
  }
  await fillSite(parts, siteName)
  await askForOverdueCollection(parts, siteName)
  await lookForHandsWhenDue(parts, siteName, memory.handsLookedMs)
}

/** Before anything is submitted, the user's other jobs are counted. */
async function isWaitedFor(parts: EngineParts, { site }: SiteConnection): Promise<boolean> {
  if (!countsOthers(site) || (await holdOf(parts.store, site)) !== undefined) return false
  const staged = await parts.store.summaries({ site: site.name, states: ['staged'], limit: 1 })
  return staged.length > 0 || (await startable(parts, site.name, 1)).length > 0
}

/** A calculation with what its own files and the batch system say of its job. */
interface Followed {
  readonly calculation: CalculationSummary
  readonly files: JobFiles | undefined
  readonly job: JobStatus | undefined
}

async function listJobs({ transport, scheduler }: SiteConnection): Promise<ReadonlyMap<NativeId, JobStatus>> {
  return scheduler.readStates(await transport.run(scheduler.statusCommand()))
}

/** The job's own files tell its end; while they do not, the batch system tells its state. Returns whether there is something to collect. */
async function follow(parts: EngineParts, { calculation, files, job }: Followed, memory: PollMemory): Promise<boolean> {
  if (files?.end !== undefined) {
    memory.missing.delete(calculation.id)
    noteMove(parts, calculation, memory)
    return end(parts, calculation, files, endInWords(files.end))
  }
  if (job !== undefined) {
    memory.missing.delete(calculation.id)
    if (await showState(parts, calculation, job, files)) noteMove(parts, calculation, memory)
    if (files !== undefined) await watchRun(parts, calculation, files, memory.watched)
  }
  return false
}

async function askForCollection(parts: EngineParts, ended: readonly Followed[]): Promise<void> {
  await parts.queue.addMany(ended.map(({ calculation }) => ({ type: 'collect', subject: calculation.id })))
}

function noteMove(parts: EngineParts, { site }: CalculationSummary, { lastMoveMs }: PollMemory): void {
  lastMoveMs.set(site, parts.clock.now().getTime())
}

/** Ends what left the queue and told no end for the site's grace; accounting is asked once for all of them. */
async function endUntold(
  parts: EngineParts,
  connection: SiteConnection,
  jobs: readonly Followed[],
  memory: PollMemory,
): Promise<void> {
  const absent = jobs.filter(({ files, job }) => files?.end === undefined && job === undefined)
  const untold = absent.filter(({ calculation }) => isGivenUp(parts, connection, calculation, memory.missing))
  if (untold.length === 0) return
  await refuseMissingWorkFolder(parts, connection.site.name)
  const known = await finalStates(connection, untold.flatMap(({ calculation }) => calculation.nativeId ?? []))
  const endOne = async ({ calculation, files }: Followed): Promise<boolean> => {
    memory.missing.delete(calculation.id)
    if (files?.claim === undefined && !(await closeUnstarted(parts, calculation))) return false
    const final = known.get(calculation.nativeId ?? '')
    noteMove(parts, calculation, memory)
    const cause = final === undefined ? '' : `: ${final.reason}`
    return end(parts, calculation, files, `the job left the queue without telling its end${cause}`)
  }
  await whichMoved(untold, endOne, (ended) => askForCollection(parts, ended))
}

/** Ids are used again by batch systems: a job is ours only when its name is the attempt's token too. */
function ownJob(
  calculation: CalculationSummary,
  listed: ReadonlyMap<NativeId, JobStatus>,
  byName: ReadonlyMap<string, JobStatus>,
): JobStatus | undefined {
  const job = calculation.nativeId === null ? undefined : listed.get(calculation.nativeId)
  if (job?.name === calculation.token) return job
  // A claim holds the bare number where a multi-cluster list says `12345;cluster`: the token is the attempt's own.
  return byName.get(calculation.token ?? '')
}

async function showState(
  parts: EngineParts,
  calculation: CalculationSummary,
  job: JobStatus,
  files: JobFiles | undefined,
): Promise<boolean> {
  const to = stateOf(job)
  if (calculation.state === 'cancelling' || to === calculation.state || to === undefined) return false
  const why = { actor, reason: job.reason ?? `the site says ${job.state}` }
  await parts.store.transition(calculation, to, why, to === 'running' ? { record: startedRecord(files) } : {})
  return true
}

function stateOf(job: JobStatus): CalculationState | undefined {
  if (job.state === 'running' || job.state === 'completing') return 'running'
  if (job.state === 'suspended') return 'suspended'
  return job.state === 'unknown' ? undefined : 'queued'
}

/** Two clean polls and the site's grace: file systems show a file late. */
function isGivenUp(
  parts: EngineParts,
  { site }: SiteConnection,
  calculation: CalculationSummary,
  missing: PollMemory['missing'],
): boolean {
  const nowMs = parts.clock.now().getTime()
  const before = missing.get(calculation.id)
  const now = { firstMs: before?.firstMs ?? nowMs, polls: (before?.polls ?? 0) + 1 }
  missing.set(calculation.id, now)
  return now.polls >= 2 && nowMs - now.firstMs >= site.graceSeconds * 1000
}

async function end(
  parts: EngineParts,
  calculation: CalculationSummary,
  files: JobFiles | undefined,
  reason: string,
): Promise<boolean> {
  const { cores = null } = (await parts.store.attempts(calculation.id)).at(-1) ?? {}
  const record = endedRecord(files, cores, parts.clock.now())
  // A run that was through before the word reached it is a result like any other.
  if (calculation.state === 'cancelling' && files?.end?.get('code') !== '0') {
    await parts.store.transition(calculation, 'cancelled', { actor, reason }, { record })
    await advanceAfter(parts, [calculation.id])
    return false
  }
  await parts.store.transition(calculation, 'ended', { actor, reason }, { record })
  return true
}
