import type { AttemptRecord } from '../../ports/attempt.ts'
import { CalculationUnknownError } from '../../ports/store-errors.ts'
import type { CalculationRecord, Store } from '../../ports/store.ts'
import type { Correction } from '../../recovery/correction.ts'
import type { AttemptDecision } from '../../workflow/attempt-decision.ts'
import { correctionName, isSameStep } from '../dispatch/attempt-plan.ts'
import { changeWords } from '../results/series-marks.ts'

/** What happened to a calculation, in words. */
export interface Explanation {
  readonly id: string
  readonly state: string
  /** One sentence. */
  readonly now: string
  readonly attempts: readonly ExplainedAttempt[]
  /** What a person can do next; empty when nothing is to be done. */
  readonly next: readonly string[]
}

export interface ExplainedAttempt {
  readonly attempt: number
  readonly site: string
  readonly folder: string | null
  readonly coreHours: number | null
  /** What it did otherwise than the attempt before it, with the reason and its source. */
  readonly changes: readonly string[]
  /** How it ended. */
  readonly ended: string
  /** What was found in its files. */
  readonly found: readonly string[]
  /** What was decided, and why CONTCAR or WAVECAR were not used. */
  readonly decided: readonly string[]
}

type ExplainStore = Pick<Store, 'calculation' | 'attempts' | 'events' | 'summaries' | 'acceptedCorrections'>

/** @throws CalculationUnknownError */
export async function explainCalculation(store: ExplainStore, id: string): Promise<Explanation> {
  const calculation = await store.calculation(id)
  if (calculation === undefined) throw new CalculationUnknownError(id)
  const attempts = await store.attempts(id)
  const last = (await store.events({ calculationId: id })).at(-1)
  return {
    id,
    state: calculation.state,
    now: `It is ${calculation.state}: ${last?.reason ?? 'nothing was done yet'}.`.replace('..', '.'),
    attempts: attempts.map(explainAttempt),
    next: calculation.state === 'done' ? await untilSeriesAgrees(store, calculation, attempts) : await nextFor(store, calculation, attempts.at(-1)),
  }
}

function explainAttempt(record: AttemptRecord): ExplainedAttempt {
  const { attempt, site, remoteFolder: folder, coreHours, corrections, diagnoses, decision } = record
  const refused = decision?.kind === 'accept' ? [] : (decision?.start?.refused ?? [])
  return {
    ...{ attempt, site, folder, coreHours },
    changes: corrections.map((each) => `${changeWords(each)}, against ${each.symptom}: ${each.reason} (${each.class}; ${each.source})`),
    ended: endWords(record),
    found: diagnoses.map(({ symptom, says, cause }) => `${symptom}: ${cause} It says: ${says}`),
    decided: decision === null ? [] : [decision.reason, ...refused, ...nodeWords(decision)],
  }
}

function nodeWords({ start }: AttemptDecision): readonly string[] {
  return start?.avoidNodes === undefined ? [] : [`The next attempt avoids ${start.avoidNodes.join(', ')} where the batch system can be told so.`]
}

function endWords({ endedAt, exitCode, exitCause, startedAt, nativeId }: AttemptRecord): string {
  if (endedAt === null) return startedAt === null ? (nativeId === null ? 'was not submitted' : 'has not told that it started') : 'has not ended'
  if (exitCode === null) return 'left the queue without telling its end'
  const how = exitCause === null || exitCause === 'exit' ? `exit code ${exitCode}` : `${exitCause}, exit code ${exitCode}`
  return `ended with ${how}`
}

/** A member that took a change of meaning alone: its rows are marked until the others have it too. */
async function untilSeriesAgrees(store: ExplainStore, { screenName, plan }: CalculationRecord, attempts: readonly AttemptRecord[]): Promise<readonly string[]> {
  const changing = attempts.flatMap(({ corrections }) => corrections.filter((each) => each.class === 'comparability'))
  if (changing.length === 0) return []
  const accepted = (await store.acceptedCorrections(screenName)).filter(({ step }) => step === plan.step)
  const alone = changing.filter((each) => !accepted.some(({ correction }) => isSameStep(correction, each)))
  return alone.map((each) => `Its rows are marked, because ${changeWords(each)} changes what its energy means: ${tellsCost(screenName, each)}`)
}

async function nextFor(
  store: ExplainStore,
  { state, failure, dependsOn, screenName }: CalculationRecord,
  last: AttemptRecord | undefined,
): Promise<readonly string[]> {
  if (state === 'blocked' || state === 'planned') {
    const open = (await store.summaries({ screenName })).filter((each) => dependsOn.includes(each.id) && each.state !== 'done')
    return open.map((each) => `${each.id} is ${each.state}: ask \`dopant why ${each.id}\`.`)
  }
  if (state === 'cancelled') return ['`dopant retry` lets it start again.']
  if (state !== 'failed' || failure === null) return []
  const { decision } = last ?? {}
  const offered = decision?.kind === 'offer' && decision.correction !== undefined ? decision.correction : undefined
  return [
    failure.remedy,
    ...(offered === undefined
      ? ['Then `dopant retry` this calculation; what was corrected so far stays, and every ladder starts anew.']
      : [tellsCost(screenName, offered)]),
    ...(last?.remoteFolder == null ? [] : [`Its files are in ${last.remoteFolder} on ${last.site}.`]),
  ]
}

function tellsCost(screenName: string, correction: Correction): string {
  return `\`dopant accept-correction ${screenName} ${correctionName(correction)}\` tells first what ${changeWords(correction)} for the whole series costs.`
}
