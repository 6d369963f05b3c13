import { isKnownError } from '../../base/known-error.ts'
import type { NativeId } from '../../ports/scheduler.ts'
import { resourcesOfStep } from '../../ports/resources.ts'
import type { SiteConnection } from '../../ports/site-connection.ts'
import { stepKindOf } from '../../workflow/planned-calculation.ts'
import type { CalculationRecord } from '../../ports/store.ts'
import type { FileToSend } from '../../ports/transport.ts'
import { jobFiles } from '../dispatch/job-files.ts'
import { submitOnceExit, submitOnceScript } from '../dispatch/submit-once-script.ts'
import { stagedRecord } from './attempt-record.ts'
import { siteOf, type EngineParts } from './engine-parts.ts'
import { failureOf } from './failure.ts'
import { maySubmit } from './fill-site.ts'
import { attemptToken } from './token.ts'
import { noteFull } from './watch-queue.ts'

const actor = 'submit'

/** Stages and submits one calculation. A second task for the same calculation finds it in another state and leaves. */
export async function submit(parts: EngineParts, id: string): Promise<void> {
  const calculation = await parts.store.calculation(id)
  if (calculation === undefined || !(await maySubmit(parts, calculation))) return
  await launch(parts, calculation.state === 'ready' ? await stage(parts, calculation) : calculation)
}

/** Writes the inputs of the next attempt into a folder of its own; a repeated call writes the same files again. */
async function stage(parts: EngineParts, calculation: CalculationRecord): Promise<CalculationRecord> {
  const connection = siteOf(parts, calculation.site)
  const attempt = calculation.attempt + 1
  const token = attemptToken(parts.projectId, calculation.id, attempt)
  const remoteFolder = `${connection.site.workFolder}/${calculation.plan.folder}/attempt-${attempt}`
  const resources = resourcesOfStep(connection.site.resources, stepKindOf(calculation.plan))
  let files: readonly FileToSend[]
  try {
    files = await jobFiles(parts, connection, { ...calculation, attempt, token, remoteFolder })
    await connection.transport.upload(files, remoteFolder)
  } catch (error) {
    if (!isKnownError(error) || error.retryable) throw error
    return parts.store.transition(calculation, 'failed', { actor, reason: error.message }, { failure: failureOf(error) })
  }
  const record = stagedRecord(files, resources)
  const change = { attempt, token, remoteFolder, nativeId: null, failure: null, record }
  return parts.store.transition(calculation, 'staged', { actor, reason: `attempt ${attempt}` }, change)
}

/** Intent is written before the act, so that a crash in between is a question to settle and never a second run. */
async function launch(parts: EngineParts, staged: CalculationRecord): Promise<void> {
  if (staged.state !== 'staged' || staged.remoteFolder === null) return
  const connection = siteOf(parts, staged.site)
  const submitting = await parts.store.transition(staged, 'submitting', { actor, reason: 'about to submit' })
  try {
    const nativeId = await submitOnce(connection, staged.remoteFolder)
    await parts.store.transition(submitting, 'queued', { actor, reason: `job ${nativeId}` }, { nativeId })
  } catch (error) {
    await answerRefusal(parts, connection, submitting, error)
  }
}

/** Refused for good, refused for now, or not known: three answers. */
async function answerRefusal(
  parts: EngineParts,
  connection: SiteConnection,
  submitting: CalculationRecord,
  error: unknown,
): Promise<void> {
  const reason = error instanceof Error ? error.message : String(error)
  const why = { actor, reason }
  if (isKnownError(error) && !error.retryable) {
    await parts.store.transition(submitting, 'failed', why, { failure: failureOf(error) })
  } else if (isKnownError(error) && certainlyNoJob.includes(error.code) && (await forgetAnswer(connection, submitting))) {
    await parts.store.transition(submitting, 'staged', why)
    if (error.code === 'SUBMISSION_LIMIT') return noteFull(parts, submitting.site, reason)
    const key = `submit-again-${submitting.id}-${submitting.revision}`
    await parts.queue.add({ type: 'submit', subject: submitting.id }, { delaySeconds: secondsUntilNextTry, key })
  } else {
    await parts.store.transition(submitting, 'submit-unknown', why)
  }
}

/** A controller that is away means wait a while; a full queue means wait until a look shows room. The attempt stays the same. */
const certainlyNoJob: readonly string[] = ['SUBMISSION_LIMIT', 'SCHEDULER_UNWELL']
const secondsUntilNextTry = 60

/** Removes the recorded refusal, so that the next call asks again. False when the site could not be told. */
async function forgetAnswer({ transport }: SiteConnection, { remoteFolder }: CalculationRecord): Promise<boolean> {
  const script = 'cd "$1" && rm -rf dopant-submit.lock dopant-submit.out dopant-submit.err && rm -f dopant-submit.code'
  try {
    const result = await transport.run({ program: 'sh', args: ['-c', script, 'dopant-forget', remoteFolder ?? '/nonexistent'] })
    return result.exitCode === 0
  } catch (error) {
    if (!isKnownError(error)) throw error
    return false
  }
}

async function submitOnce({ transport, scheduler }: SiteConnection, folder: string): Promise<NativeId> {
  const command = scheduler.submitCommand(`${folder}/job.sh`)
  const output = await transport.run({
    program: 'sh',
    args: ['-c', submitOnceScript, 'dopant-submit', folder, command.program, ...command.args],
  })
  if (Object.values<number>(submitOnceExit).includes(output.exitCode)) {
    throw new Error(`the submission script on the site ended with ${output.exitCode}`)
  }
  return scheduler.readNativeId(output)
}
