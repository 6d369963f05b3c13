import { isKnownError } from '../../base/known-error.ts'
import type { JobStatus } from '../../ports/scheduler.ts'
import { lookScript, readLook, type JobFiles } from '../dispatch/look-script.ts'
import type { SiteCheck } from './probe.ts'
import type { SubmittedTest } from './test-job.ts'

export type TestEnd =
  | { readonly kind: 'ended'; readonly end: ReadonlyMap<string, string>; readonly start: JobFiles['start'] }
  | { readonly kind: 'never-runs'; readonly why: string }
  | { readonly kind: 'vanished' }
  | { readonly kind: 'timeout'; readonly state: string }
  | { readonly kind: 'interrupted' }

const firstPauseMs = 500

/** Looks at the job's own files until they tell its end; asks the queue why it waits, at most as often as polling would. */
export async function watchTest(check: SiteCheck, job: SubmittedTest): Promise<TestEnd> {
  const { clock, connection, signal } = check
  const startMs = clock.now().getTime()
  const deadlineMs = startMs + check.jobTimeoutSeconds * 1000
  let pauseMs = firstPauseMs
  let missingSinceMs: number | undefined
  let state = 'submitted'
  for (;;) {
    const seen = await lookOnce(check, job)
    const nowMs = clock.now().getTime()
    if (seen.end !== undefined) return seen.end
    if (seen.state !== undefined && seen.state !== state) check.say(`  job ${job.id}: ${(state = seen.state)}`)
    missingSinceMs = seen.isListed === false ? (missingSinceMs ?? nowMs) : undefined
    if (missingSinceMs !== undefined && nowMs - missingSinceMs > connection.site.graceSeconds * 1000) return { kind: 'vanished' }
    if (nowMs >= deadlineMs) return { kind: 'timeout', state }
    await clock.sleep(Math.min(pauseMs, deadlineMs - nowMs), signal)
    if (signal.aborted) return { kind: 'interrupted' }
    pauseMs = Math.min(pauseMs * 2, connection.site.pollSeconds * 1000)
  }
}

interface Seen {
  readonly end?: TestEnd
  readonly state?: string
  /** Undefined when nobody could tell. */
  readonly isListed?: boolean
}

/** One look. A site that does not answer says nothing about the job. */
async function lookOnce({ connection, say }: SiteCheck, job: SubmittedTest): Promise<Seen> {
  const { scheduler, transport } = connection
  try {
    // The list first: a job that ends in between has its end file by the time of the look.
    const listed = scheduler.readStates(await transport.run(scheduler.statusCommand()))
    const output = await transport.run({ program: 'sh', args: ['-c', lookScript, 'dopant-look', job.folder] })
    const files = readLook(output.stdout)[0]
    if (files?.end !== undefined) return { end: { kind: 'ended', end: files.end, start: files.start } }
    const status = [...listed.values()].find(({ name }) => name === job.token)
    if (status === undefined) return { isListed: false }
    const why = scheduler.neverRunsReason?.(status)
    return why === undefined ? { state: inWords(status), isListed: true } : { end: { kind: 'never-runs', why } }
  } catch (error) {
    if (!isKnownError(error) || !error.retryable) throw error
    say(`  ${error.message}`)
    return {}
  }
}

function inWords({ state, reason }: JobStatus): string {
  return reason === undefined ? state : `${state} (${reason})`
}
