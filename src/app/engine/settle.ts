import { isKnownError } from '../../base/known-error.ts'
import type { CalculationRecord } from '../../ports/store.ts'
import type { JobStatus, NativeId } from '../../ports/scheduler.ts'
import { SiteSettingRefusedError } from '../../ports/scheduler-errors.ts'
import type { CommandResult } from '../../ports/transport.ts'
import { settleScript } from '../dispatch/settle-script.ts'
import { siteOf, type EngineParts } from './engine-parts.ts'
import { failureOf } from './failure.ts'
import { holdForSettings } from './held-site.ts'
import { runOwned } from './hold-site.ts'
import { isSiteTrouble } from './site-trouble.ts'

const actor = 'settle'

/**
 * Decides what became of a submission in doubt.
 *
 * A job that is listed under the attempt's name, recorded, or has claimed the attempt is adopted. Otherwise the claim
 * is taken («revoked»), so that a job which turns up later steps aside, and the next attempt may start.
 *
 * @param listed all our jobs on the site, from a clean query that began after the submission
 */
export async function settle(
  parts: EngineParts,
  calculation: CalculationRecord,
  listed: ReadonlyMap<NativeId, JobStatus>,
): Promise<void> {
  const named = [...listed].find(([, job]) => job.name === calculation.token)
  if (named !== undefined) return adopt(parts, calculation, named[0], 'found in the queue by its name')
  const answer = await ask(parts, calculation, [])
  if (answer.word === 'doubtful') {
    const after = await ask(parts, calculation, ['revoke'])
    return conclude(parts, calculation, after)
  }
  return conclude(parts, calculation, answer)
}

interface Answer {
  readonly word: string
  readonly rest: string
}

type Attempted = Pick<CalculationRecord, 'site' | 'remoteFolder'>

async function ask(parts: EngineParts, calculation: Attempted, args: readonly string[]): Promise<Answer> {
  const folder = calculation.remoteFolder ?? ''
  const settling = { program: 'sh', args: ['-c', settleScript, 'dopant-settle', folder, ...args] }
  const output = await runOwned(parts, calculation.site, settling)
  const [first = '', ...lines] = output.stdout.split('\n')
  const [word = '', ...rest] = first.split(' ')
  return { word, rest: word === 'recorded' ? lines.join('\n') : rest.join(' ') }
}

async function conclude(parts: EngineParts, calculation: CalculationRecord, answer: Answer): Promise<void> {
  if (answer.word === 'claimed') return adopt(parts, calculation, answer.rest, 'a job has claimed the attempt')
  if (answer.word === 'recorded') return adoptRecorded(parts, calculation, answer.rest)
  if (answer.word === 'revoked' || answer.word === 'absent') {
    const reason = `the attempt was never started (${answer.word}); the next one may`
    await parts.store.transition(calculation, 'ready', { actor, reason })
  }
  // busy: the submitting shell is still at work; the next poll asks again.
}

async function adoptRecorded(parts: EngineParts, calculation: CalculationRecord, text: string): Promise<void> {
  try {
    const nativeId = siteOf(parts, calculation.site).scheduler.readNativeId(recordedAnswer(text))
    return await adopt(parts, calculation, nativeId, 'the batch system’s answer was recorded')
  } catch (error) {
    if (!isKnownError(error)) throw error
    if (error instanceof SiteSettingRefusedError) await holdForSettings(parts, calculation, error)
    if (error.retryable || error instanceof SiteSettingRefusedError) return closeRecorded(parts, calculation)
    const why = { actor, reason: error.message }
    await parts.store.transition(calculation, 'failed', why, { failure: failureOf(error) })
  }
}

/** The recorded answer names no job and none is listed: its claim is taken, unless a job that we cannot see has it. */
async function closeRecorded(parts: EngineParts, calculation: CalculationRecord): Promise<void> {
  const answer = await ask(parts, calculation, ['revoke-recorded'])
  // Still recorded: the claim could not be taken, as on a full disk; the next look asks again.
  if (answer.word !== 'recorded') await conclude(parts, calculation, answer)
}

/**
 * Closes an attempt that was certainly refused for good, so that no job of it can ever run; the next attempt may start. Where the
 * site cannot be told now, the attempt is in doubt, and the next look closes it.
 */
export async function closeRefused(parts: EngineParts, calculation: CalculationRecord): Promise<void> {
  const answer = await ask(parts, calculation, ['revoke-recorded']).catch(unlessTrouble)
  if (answer?.word === 'revoked' || answer?.word === 'claimed') return conclude(parts, calculation, answer)
  await parts.store.transition(calculation, 'submit-unknown', { actor, reason: 'the refused attempt could not be closed yet' })
}

/**
 * Closes an attempt whose job left the queue and was never seen to start, as one that a controller has lost: a job of it that comes
 * back steps aside.
 *
 * @returns false when a job has its claim after all, or the claim could not be taken now
 */
export async function closeUnstarted(parts: EngineParts, calculation: Attempted): Promise<boolean> {
  const { word } = await ask(parts, calculation, ['revoke-recorded'])
  return word === 'revoked' || word === 'absent'
}

function unlessTrouble(error: unknown): undefined {
  if (!isKnownError(error) || !isSiteTrouble(error)) throw error
  return undefined
}

function recordedAnswer(text: string): CommandResult {
  const [code = '', ...lines] = text.split('\n')
  const border = lines.lastIndexOf('dopant-stderr')
  return { exitCode: Number(code), stdout: lines.slice(0, border).join('\n'), stderr: lines.slice(border + 1).join('\n') }
}

async function adopt(parts: EngineParts, calculation: CalculationRecord, nativeId: string, reason: string): Promise<void> {
  await parts.store.transition(calculation, 'queued', { actor, reason: `job ${nativeId}: ${reason}` }, { nativeId })
}
