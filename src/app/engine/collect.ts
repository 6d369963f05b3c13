import { isKnownError } from '../../base/known-error.ts'
import type { CalculationRecord } from '../../ports/store.ts'
import { advanceAfter } from './advance.ts'
import type { EngineParts } from './engine-parts.ts'
import { failureOf, failureOfDecision } from './failure.ts'
import { fillSite } from './fill-site.ts'
import { judgeRecorded, type RecordedJudgement } from './judge-recorded.ts'
import { isSiteTrouble } from './site-trouble.ts'
import { tidyAfter } from './tidy.ts'

const actor = 'collect'

/** Reads what an ended attempt left, keeps it, and decides what follows. */
export async function collect(parts: EngineParts, id: string): Promise<void> {
  const calculation = await parts.store.calculation(id)
  if (calculation === undefined) return
  if (calculation.state === 'ended') await readAndAct(parts, calculation)
  else if (calculation.state === 'collected') await finish(parts, calculation)
  else return
  await advanceAfter(parts, [id])
  for (const site of new Set([calculation.site, ...calculation.sites])) if (parts.sites.has(site)) await fillSite(parts, site)
}

async function readAndAct(parts: EngineParts, calculation: CalculationRecord): Promise<void> {
  const judgement = await judgeOrFail(parts, calculation)
  if (judgement?.result !== undefined) await parts.store.saveResult(calculation.id, calculation.attempt, judgement.result)
  if (judgement !== undefined) await act(parts, calculation, judgement)
}

/** A foreseen problem that will not pass is a failure of the calculation; anything else is tried again by the queue. */
async function judgeOrFail(parts: EngineParts, calculation: CalculationRecord): Promise<RecordedJudgement | undefined> {
  try {
    return await judgeRecorded(parts, calculation)
  } catch (error) {
    if (!isKnownError(error) || isSiteTrouble(error)) throw error
    const failure = failureOf(error)
    await parts.store.transition(calculation, 'failed', { actor, reason: failure.message }, { failure })
    return undefined
  }
}

async function act(parts: EngineParts, calculation: CalculationRecord, { decision, diagnoses, outputs }: RecordedJudgement): Promise<void> {
  const { store } = parts
  const why = { actor, reason: decision.reason }
  const record = { decision, diagnoses, ...(outputs === undefined ? {} : { outputs }) }
  if (decision.kind === 'accept') {
    await finish(parts, await store.transition(calculation, 'collected', why, { record }))
  } else if (decision.kind === 'person' || decision.kind === 'offer') {
    await store.transition(calculation, 'failed', why, { record, failure: failureOfDecision(calculation, decision) })
  } else {
    // What it starts from may be running again; then it waits for that.
    const before = calculation.dependsOn.length === 0 ? [] : await store.summaries({ ids: calculation.dependsOn })
    const waits = before.some(({ state }) => state !== 'done')
    await store.transition(calculation, waits ? 'planned' : 'ready', why, { record })
  }
}

async function finish(parts: EngineParts, collected: CalculationRecord): Promise<void> {
  const done = await parts.store.transition(collected, 'done', { actor, reason: 'the result is kept' })
  await tidyAfter(parts, [done.id])
}
