import { isKnownError } from '../../base/known-error.ts'
import type { JobStatus, NativeId } from '../../ports/scheduler.ts'
import type { SiteConnection } from '../../ports/site-connection.ts'
import type { CalculationRecord } from '../../ports/store.ts'
import type { CalculationState } from '../../workflow/calculation-state.ts'
import { lookScript, readLook, type JobFiles } from '../dispatch/look-script.ts'
import { endedRecord, startedRecord } from './attempt-record.ts'
import { siteOf, type EngineParts } from './engine-parts.ts'
import { settle } from './settle.ts'

const actor = 'poll'
const inQueue: readonly CalculationState[] = ['queued', 'running', 'suspended', 'cancelling']

/** What one process remembers between polls; losing it costs a little time and nothing else. */
export interface PollMemory {
  /** When each job was first missed by a clean query; forgotten as soon as it is seen. */
  readonly missing: Map<string, { readonly firstMs: number; readonly polls: number }>
  /** Jobs of which it was said that they will never run. */
  readonly warned: Set<string>
}

export function emptyPollMemory(): PollMemory {
  return { missing: new Map(), warned: new Set() }
}

/**
 * Asks a site once about all jobs and once about their files, and moves what has moved.
 *
 * A doubtful answer moves nothing: the error says so and the next poll decides.
 */
export async function poll(parts: EngineParts, siteName: string, memory: PollMemory): Promise<void> {
  const connection = siteOf(parts, siteName)
  const doubtful = await parts.store.calculations({ site: siteName, states: ['submit-unknown'] })
  const active = await parts.store.calculations({ site: siteName, states: inQueue })
  if (doubtful.length + active.length === 0) return
  try {
    const listed = await listJobs(connection)
    const files = await lookAt(connection, active)
    for (const [i, calculation] of active.entries()) {
      await follow(parts, connection, calculation, listed, files[i], memory)
    }
    for (const calculation of doubtful) await settle(parts, calculation, listed)
  } catch (error) {
    if (!isKnownError(error) || !error.retryable) throw error
    parts.say(`${siteName}: ${error.message}`)
  }
}

async function listJobs({ transport, scheduler }: SiteConnection): Promise<ReadonlyMap<NativeId, JobStatus>> {
  return scheduler.readStates(await transport.run(scheduler.statusCommand()))
}

async function lookAt(connection: SiteConnection, active: readonly CalculationRecord[]): Promise<readonly JobFiles[]> {
  if (active.length === 0) return []
  const folders = active.map((calculation) => calculation.remoteFolder ?? '/nonexistent')
  const output = await connection.transport.run({ program: 'sh', args: ['-c', lookScript, 'dopant-look', ...folders] })
  return readLook(output.stdout)
}

async function follow(
  parts: EngineParts,
  connection: SiteConnection,
  calculation: CalculationRecord,
  listed: ReadonlyMap<NativeId, JobStatus>,
  files: JobFiles | undefined,
  memory: PollMemory,
): Promise<void> {
  const { missing } = memory
  if (files?.end !== undefined) {
    missing.delete(calculation.id)
    return end(parts, calculation, files, `exit ${files.end.get('code')}, ${files.end.get('cause')}`)
  }
  const job = ownJob(calculation, listed)
  if (job !== undefined) {
    missing.delete(calculation.id)
    warnOnce(parts, connection, calculation, job, memory)
    return showState(parts, calculation, job, files)
  }
  if (isGivenUp(parts, connection, calculation, missing)) {
    missing.delete(calculation.id)
    await end(parts, calculation, files, `the job left the queue without telling its end${await causeOf(connection, calculation)}`)
  }
}

/** Ids are used again by batch systems: a job is ours only when its name is the attempt's token too. */
function ownJob(calculation: CalculationRecord, listed: ReadonlyMap<NativeId, JobStatus>): JobStatus | undefined {
  const job = calculation.nativeId === null ? undefined : listed.get(calculation.nativeId)
  if (job?.name === calculation.token) return job
  // A claim holds the bare number where a multi-cluster list says `12345;cluster`: the token is the attempt's own.
  return [...listed.values()].find((each) => each.name === calculation.token)
}

/** A job that waits for something that will not come is told once; it stays in the queue. */
function warnOnce(
  parts: EngineParts,
  { scheduler }: SiteConnection,
  calculation: CalculationRecord,
  job: JobStatus,
  { warned }: PollMemory,
): void {
  const why = scheduler.neverRunsReason?.(job)
  if (why === undefined || warned.has(calculation.id)) return
  warned.add(calculation.id)
  parts.say(`${calculation.id} will never run as it is: ${why}`)
}

/** Accounting only adds the cause; where it is off, behind or away, nothing is added. */
async function causeOf({ transport, scheduler }: SiteConnection, { nativeId }: CalculationRecord): Promise<string> {
  const command = nativeId === null ? undefined : scheduler.finalStateCommand([nativeId])
  if (command === undefined || nativeId === null || scheduler.readFinalStates === undefined) return ''
  try {
    const final = scheduler.readFinalStates(await transport.run(command)).get(nativeId)
    return final === undefined ? '' : `: ${final.reason}`
  } catch (error) {
    if (!isKnownError(error)) throw error
    return ''
  }
}

async function showState(
  parts: EngineParts,
  calculation: CalculationRecord,
  job: JobStatus,
  files: JobFiles | undefined,
): Promise<void> {
  const to = stateOf(job)
  if (calculation.state === 'cancelling' || to === calculation.state || to === undefined) return
  const why = { actor, reason: job.reason ?? `the site says ${job.state}` }
  await parts.store.transition(calculation, to, why, to === 'running' ? { record: startedRecord(files) } : {})
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
  calculation: CalculationRecord,
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
  calculation: CalculationRecord,
  files: JobFiles | undefined,
  reason: string,
): Promise<void> {
  const { cores = null } = (await parts.store.attempts(calculation.id)).at(-1) ?? {}
  const record = endedRecord(files, cores, parts.clock.now())
  if (calculation.state === 'cancelling') {
    await parts.store.transition(calculation, 'cancelled', { actor, reason }, { record })
    return
  }
  await parts.store.transition(calculation, 'ended', { actor, reason }, { record })
  await parts.queue.add({ type: 'collect', subject: calculation.id })
}
