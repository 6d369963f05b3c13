import { isKnownError } from '../../base/known-error.ts'
import type { NativeId } from '../../ports/scheduler.ts'
import type { SiteConnection } from '../../ports/site-connection.ts'
import type { CalculationRecord } from '../../ports/store.ts'
import { jobFiles } from '../dispatch/job-files.ts'
import { submitOnceExit, submitOnceScript } from '../dispatch/submit-once-script.ts'
import { siteOf, type EngineParts } from './engine-parts.ts'
import { failureOf } from './failure.ts'
import { hasPlace } from './fill-site.ts'
import { attemptToken } from './token.ts'

const actor = 'submit'

/** Stages and submits one calculation. A second task for the same calculation finds it in another state and leaves. */
export async function submit(parts: EngineParts, id: string): Promise<void> {
  const calculation = await parts.store.calculation(id)
  if (calculation === undefined) return
  if (calculation.state === 'ready' && (await hasPlace(parts, calculation.site))) {
    await launch(parts, await stage(parts, calculation))
  } else if (calculation.state === 'staged') {
    await launch(parts, calculation)
  }
}

/** Writes the inputs of the next attempt into a folder of its own; a repeated call writes the same files again. */
async function stage(parts: EngineParts, calculation: CalculationRecord): Promise<CalculationRecord> {
  const connection = siteOf(parts, calculation.site)
  const attempt = calculation.attempt + 1
  const token = attemptToken(parts.projectId, calculation.id, attempt)
  const remoteFolder = `${connection.site.workFolder}/${calculation.plan.folder}/attempt-${attempt}`
  try {
    const files = await jobFiles(parts, connection, { ...calculation, attempt, token, remoteFolder })
    await connection.transport.upload(files, remoteFolder)
  } catch (error) {
    if (!isKnownError(error) || error.retryable) throw error
    return parts.store.transition(calculation, 'failed', { actor, reason: error.message }, { failure: failureOf(error) })
  }
  const change = { attempt, token, remoteFolder, nativeId: null, failure: null }
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
    if (isKnownError(error) && error.code === 'SUBMISSION_REJECTED') {
      const why = { actor, reason: error.message }
      await parts.store.transition(submitting, 'failed', why, { failure: failureOf(error) })
    } else {
      const reason = error instanceof Error ? error.message : String(error)
      await parts.store.transition(submitting, 'submit-unknown', { actor, reason })
    }
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
