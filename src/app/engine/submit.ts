import { Gate } from '../../base/gate.ts'
import { isKnownError } from '../../base/known-error.ts'
import { SiteSettingRefusedError } from '../../ports/scheduler-errors.ts'
import type { NativeId } from '../../ports/scheduler.ts'
import type { SiteConnection } from '../../ports/site-connection.ts'
import type { CalculationRecord } from '../../ports/store.ts'
import { inputContentOf, type InputContent } from '../dispatch/content-key.ts'
import { attemptFiles, type AttemptFiles } from '../dispatch/job-files.ts'
import type { AttemptThere } from '../dispatch/place-attempt-script.ts'
import { keepInputs, originOf, watchTemplates } from '../provenance/keep-inputs.ts'
import { submitOnceExit, submitOnceScript } from '../dispatch/submit-once-script.ts'
import { advanceAfter } from './advance.ts'
import { forgetAsked } from './asked.ts'
import { atMost } from './at-most.ts'
import { stagedRecord } from './attempt-record.ts'
import { doubt, longestSubmissionMs } from './doubt.ts'
import { siteOf, type EngineParts } from './engine-parts.ts'
import { failureOf } from './failure.ts'
import { fillSite } from './fill-site.ts'
import { holdForSettings, remakeLater } from './held-site.ts'
import { forgetHold, holdSite, runOwned } from './hold-site.ts'
import { attemptFolder, isToBeAdopted, placeAttempt } from './place-attempt.ts'
import { takePlace } from './places-taken.ts'
import { reuseFinished } from './reuse.ts'
import { closeRefused } from './settle.ts'
import { whyShut } from './shut-site.ts'
import { cameBeforeAnything, isSiteTrouble } from './site-trouble.ts'
import { attemptToken } from './token.ts'
import { noteFull } from './watch-queue.ts'

const actor = 'submit'

/** Stages and submits one calculation. A second task for the same calculation finds it in another state and leaves. */
export async function submit(parts: EngineParts, id: string): Promise<void> {
  const atWork = atWorkOf(parts)
  if (atWork.has(id)) return
  atWork.add(id)
  try {
    await stageAndLaunch(parts, id)
  } finally {
    atWork.delete(id)
    forgetAsked(parts, id)
  }
}

/** What this process is submitting: two tasks of one calculation may have different keys. */
const atWorkBy = new WeakMap<EngineParts, Set<string>>()

function atWorkOf(parts: EngineParts): Set<string> {
  const known = atWorkBy.get(parts) ?? new Set()
  atWorkBy.set(parts, known)
  return known
}

async function stageAndLaunch(parts: EngineParts, id: string): Promise<void> {
  const calculation = await parts.store.calculation(id)
  if (calculation?.state === 'submitting') return doubt(parts, calculation, 'its submission was begun and cut off')
  const givePlaceBack = calculation && (await takePlace(parts, calculation))
  if (calculation === undefined || givePlaceBack === undefined) return
  const staged = await (calculation.state === 'ready' ? stage(parts, calculation) : Promise.resolve(calculation)).finally(givePlaceBack)
  // Reused, or no inputs could be made: no place was taken, and what waits for it may start, or never will.
  if (staged.state === 'done' || staged.state === 'failed') await advanceAfter(parts, [id])
  else await launch(parts, staged)
  await fillSite(parts, staged.site)
}

/**
 * Writes the inputs of the next attempt into a folder of its own; a repeated call writes the same files again.
 *
 * An attempt that the site has and the store does not know, as after a backup was restored, is adopted instead.
 */
async function stage(parts: EngineParts, calculation: CalculationRecord, attempt = calculation.attempt + 1): Promise<CalculationRecord> {
  const connection = siteOf(parts, calculation.site)
  const token = attemptToken(parts.projectId, calculation.id, attempt)
  const remoteFolder = attemptFolder(parts, calculation, attempt)
  let made: AttemptFiles
  let there: AttemptThere | undefined
  let content: InputContent
  const watched = watchTemplates(parts.templates)
  try {
    content = await inputContentOf(parts, connection, calculation)
    const reused = await reuseFinished(parts, calculation, content)
    if (reused !== undefined) return reused
    made = await attemptFiles({ ...parts, templates: watched.templates }, connection, { ...calculation, attempt, token, remoteFolder })
    await keepInputs(parts, made.files)
    there = await placeAttempt(parts, calculation, attempt, made.files)
  } catch (error) {
    if (!isKnownError(error) || isSiteTrouble(error)) throw error
    return parts.store.transition(calculation, 'failed', { actor, reason: error.message }, { failure: failureOf(error) })
  }
  if (there !== undefined) return meet(parts, calculation, there)
  const origin = await originOf(parts, connection.site, watched.used)
  const record = { ...stagedRecord(made), ...(origin === undefined ? {} : { origin }) }
  const change = { attempt, token, remoteFolder, nativeId: null, failure: null, contentKey: content.key, record }
  return parts.store.transition(calculation, 'staged', { actor, reason: `attempt ${attempt}` }, change)
}

async function meet(parts: EngineParts, calculation: CalculationRecord, there: AttemptThere): Promise<CalculationRecord> {
  const { attempt, token } = there
  if (!isToBeAdopted(parts, calculation, there)) return stage(parts, calculation, attempt + 1)
  const reason = `attempt ${attempt} is on ${calculation.site} already, and this store did not know of it`
  parts.say(`${calculation.id}: ${reason}; it is adopted.`)
  const change = { attempt, token, remoteFolder: attemptFolder(parts, calculation, attempt), nativeId: null, failure: null }
  const adopted = await parts.store.transition(calculation, 'submit-unknown', { actor, reason }, change)
  await parts.queue.add({ type: 'poll', subject: calculation.site })
  return adopted
}

/** Intent is written before the act, so that a crash in between is a question to settle and never a second run. */
async function launch(parts: EngineParts, staged: CalculationRecord): Promise<void> {
  if (staged.state !== 'staged' || staged.remoteFolder === null) return
  await holdSite(parts, staged.site)
  // An answer that never comes leaves the attempt in doubt and its turn to the next one.
  const asked = await submissionsTo(parts, staged.site).pass(() => atMost(longestSubmissionMs, askBatchSystem(parts, staged)))
  if (asked === undefined) return
  const { submitting, nativeId, error } = asked
  if (nativeId === undefined) return answerRefusal(parts, submitting, error)
  await parts.store.transition(submitting, 'queued', { actor, reason: `job ${nativeId}` }, { nativeId })
}

interface Asked {
  readonly submitting: CalculationRecord
  readonly nativeId?: NativeId
  readonly error?: unknown
}

/** The site may have shut while this one waited for its turn: undefined, and nothing was asked. */
async function askBatchSystem(parts: EngineParts, staged: CalculationRecord): Promise<Asked | undefined> {
  const connection = siteOf(parts, staged.site)
  const shut = await whyShut(parts, connection.site)
  if (shut === 'held') await remakeLater(parts, staged)
  if (shut !== undefined) return undefined
  const submitting = await parts.store.transition(staged, 'submitting', { actor, reason: 'about to submit' })
  try {
    return { submitting, nativeId: await submitOnce(parts, connection, staged.remoteFolder ?? '') }
  } catch (error) {
    return { submitting, error }
  }
}

/** A login node gets so many submissions of ours at a time. */
const handedOverAtOnce = 4
const gatesBy = new WeakMap<EngineParts, Map<string, Gate>>()

function submissionsTo(parts: EngineParts, site: string): Gate {
  const gates = gatesBy.get(parts) ?? new Map<string, Gate>()
  gatesBy.set(parts, gates)
  const gate = gates.get(site) ?? new Gate(handedOverAtOnce)
  gates.set(site, gate)
  return gate
}

/** Refused for what the site asks for, refused for good, refused for now, or not known: four answers. */
async function answerRefusal(
  parts: EngineParts,
  submitting: CalculationRecord,
  error: unknown,
): Promise<void> {
  const reason = error instanceof Error ? error.message : String(error)
  const why = { actor, reason }
  if (cameBeforeAnything(error)) {
    forgetHold(parts, submitting.site)
    await parts.store.transition(submitting, 'staged', why)
    throw error
  } else if (await wasRefusedForNodes(parts, submitting, error)) {
    await closeRefused(parts, submitting)
  } else if (error instanceof SiteSettingRefusedError) {
    await holdForSettings(parts, submitting, error)
    await closeRefused(parts, submitting)
  } else if (isKnownError(error) && !error.retryable) {
    await parts.store.transition(submitting, 'failed', why, { failure: failureOf(error) })
    await advanceAfter(parts, [submitting.id])
  } else if (isKnownError(error) && certainlyNoJob.includes(error.code) && (await forgetAnswer(parts, submitting))) {
    await parts.store.transition(submitting, 'staged', why)
    if (error.code === 'SUBMISSION_LIMIT') return noteFull(parts, submitting.site, reason)
    const key = `submit-again-${submitting.id}-${submitting.revision}`
    await parts.queue.add({ type: 'submit', subject: submitting.id }, { delaySeconds: secondsUntilNextTry, key })
  } else {
    await parts.store.transition(submitting, 'submit-unknown', why)
  }
}

/** A job that avoids nodes may leave the batch system too few: the next attempt may run on any. */
async function wasRefusedForNodes({ store, say }: EngineParts, { id, attempt }: CalculationRecord, error: unknown): Promise<boolean> {
  if (!isKnownError(error) || error.retryable) return false
  const own = (await store.attempts(id)).find((each) => each.attempt === attempt)
  const nodes = own?.resources?.avoidNodes ?? []
  if (nodes.length > 0) say(`${id}: refused without ${nodes.join(', ')}; it may run on any node now.`)
  return nodes.length > 0
}

/** A controller that is away means wait a while; a full queue means wait until a look shows room. The attempt stays the same. */
const certainlyNoJob: readonly string[] = ['SUBMISSION_LIMIT', 'SCHEDULER_UNWELL']
const secondsUntilNextTry = 60

/** Removes the recorded refusal, so that the next call asks again. False when the site could not be told. */
async function forgetAnswer(parts: EngineParts, { site, remoteFolder }: CalculationRecord): Promise<boolean> {
  const script = 'cd "$1" && rm -rf dopant-submit.lock dopant-submit.out dopant-submit.err && rm -f dopant-submit.code'
  try {
    const args = ['-c', script, 'dopant-forget', remoteFolder ?? '/nonexistent']
    const result = await runOwned(parts, site, { program: 'sh', args })
    return result.exitCode === 0
  } catch (error) {
    if (!isKnownError(error)) throw error
    return false
  }
}

async function submitOnce(parts: EngineParts, { site, scheduler }: SiteConnection, folder: string): Promise<NativeId> {
  const command = scheduler.submitCommand(`${folder}/job.sh`)
  const output = await runOwned(parts, site.name, {
    program: 'sh',
    args: ['-c', submitOnceScript, 'dopant-submit', folder, command.program, ...command.args],
  })
  if (Object.values<number>(submitOnceExit).includes(output.exitCode)) {
    throw new Error(`the submission script on the site ended with ${output.exitCode}`)
  }
  return scheduler.readNativeId(output)
}
