import { isKnownError } from '../../base/known-error.ts'
import type { CalculationRecord } from '../../ports/store.ts'
import type { StepResult } from '../../workflow/step-result.ts'
import { judgeMissingOutput, judgeRun, type Verdict } from '../../workflow/verdict.ts'
import { startOf } from '../dispatch/start-of.ts'
import { diagnoseRun } from '../outputs/diagnose-run.ts'
import { readRun } from '../outputs/read-run.ts'
import { advance } from './advance.ts'
import { siteOf, type EngineParts } from './engine-parts.ts'
import { failureOf } from './failure.ts'
import { fillSite } from './fill-site.ts'

const actor = 'collect'

/** Reads what an ended attempt left, keeps it, and decides what follows. */
export async function collect(parts: EngineParts, id: string): Promise<void> {
  const calculation = await parts.store.calculation(id)
  if (calculation?.state === 'collected') await finish(parts, calculation)
  if (calculation?.state !== 'ended') return
  const { verdict, result } = await judge(parts, calculation)
  if (result !== undefined) await parts.store.saveResult(id, calculation.attempt, result)
  await act(parts, calculation, verdict)
  await advance(parts)
  await fillSite(parts, calculation.site)
}

interface Judgement {
  readonly verdict: Verdict
  readonly result: StepResult | undefined
}

async function judge(parts: EngineParts, calculation: CalculationRecord): Promise<Judgement> {
  const connection = siteOf(parts, calculation.site)
  try {
    const { structure } = await startOf(parts.store, calculation)
    const folder = calculation.remoteFolder ?? ''
    const result = await readRun(connection, folder, calculation.plan, structure)
    if (result !== undefined) return { verdict: judgeRun(result, calculation.attempt), result }
    const diagnoses = await diagnoseRun(connection, folder, undefined)
    return { verdict: judgeMissingOutput(calculation.attempt, 'no OUTCAR', diagnoses), result }
  } catch (error) {
    if (!isKnownError(error) || error.retryable) throw error
    return { verdict: { kind: 'fail', ...failureOf(error) }, result: undefined }
  }
}

async function act(parts: EngineParts, calculation: CalculationRecord, verdict: Verdict): Promise<void> {
  const { store } = parts
  if (verdict.kind === 'accept') {
    const collected = await store.transition(calculation, 'collected', { actor, reason: 'the run finished and converged' })
    await finish(parts, collected)
  } else if (verdict.kind === 'fail') {
    const { code, message, remedy } = verdict
    await store.transition(calculation, 'failed', { actor, reason: message }, { failure: { code, message, remedy } })
  } else {
    await store.transition(calculation, 'ready', { actor, reason: verdict.reason })
  }
}

async function finish(parts: EngineParts, collected: CalculationRecord): Promise<void> {
  await parts.store.transition(collected, 'done', { actor, reason: 'the result is kept' })
}
