import type { AttemptRecord } from '../../ports/attempt.ts'
import { CalculationUnknownError } from '../../ports/store-errors.ts'
import type { CalculationRecord, Store } from '../../ports/store.ts'
import type { Correction } from '../../recovery/correction.ts'
import { correctionName, isSameStep } from '../dispatch/attempt-plan.ts'
import { lastingWords } from '../results/series-marks.ts'
import { changedWords, decidedWords, endWords, startWords } from './attempt-words.ts'

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
  /** From which atoms and orbitals it began, and why from no later ones; null for a first attempt. */
  readonly starts: string | null
  /** How it ended. */
  readonly ended: string
  /** What was found in its files. */
  readonly found: readonly string[]
  /** What was decided; of the last attempt also where another one would start. */
  readonly decided: readonly string[]
}

type ExplainStore = Pick<Store, 'calculation' | 'attempts' | 'events' | 'summaries' | 'acceptedCorrections'>

/** @throws CalculationUnknownError */
export async function explainCalculation(store: ExplainStore, id: string): Promise<Explanation> {
  const calculation = await store.calculation(id)
  if (calculation === undefined) throw new CalculationUnknownError(id)
  const attempts = await store.attempts(id)
  // Later events of the same state are housekeeping, such as files that were removed.
  const last = (await store.events({ calculationId: id })).findLast(({ from, to }) => from !== to)
  return {
    id,
    state: calculation.state,
    now: nowWords(calculation, attempts.at(-1), last?.reason),
    attempts: attempts.map(explainAttempt),
    next: calculation.state === 'done' ? await untilSeriesAgrees(store, calculation, attempts) : await nextFor(store, calculation, attempts.at(-1)),
  }
}

function nowWords({ state, reusedFrom }: CalculationRecord, attempt: AttemptRecord | undefined, reason = 'nothing was done yet'): string {
  const told = state === 'done' && reusedFrom === null && attempt?.decision != null ? attempt.decision.reason : reason
  return `${state === 'failed' ? 'It failed and waits for a person' : `It is ${state}`}: ${told}.`.replace('..', '.')
}

function explainAttempt(record: AttemptRecord, i: number, all: readonly AttemptRecord[]): ExplainedAttempt {
  const { attempt, site, remoteFolder: folder, coreHours, diagnoses } = record
  const isLast = i === all.length - 1
  return {
    ...{ attempt, site, folder, coreHours },
    changes: changedWords(record, all[i - 1]),
    starts: startWords(all.slice(0, i).findLast(({ decision }) => decision !== null)) ?? null,
    ended: endWords(record, isLast),
    found: diagnoses.map(({ symptom, says, cause }) => `${symptom}: ${cause} It says: ${says}`),
    decided: decidedWords(record, isLast),
  }
}

/** A member that took a change of meaning alone: its rows are marked until the others have it too. */
async function untilSeriesAgrees(store: ExplainStore, { screenName, plan }: CalculationRecord, attempts: readonly AttemptRecord[]): Promise<readonly string[]> {
  const changing = attempts.flatMap(({ corrections }) => corrections.filter((each) => each.class === 'comparability'))
  if (changing.length === 0) return []
  const accepted = (await store.acceptedCorrections(screenName)).filter(({ step }) => step === plan.step)
  const alone = changing.filter((each) => !accepted.some(({ correction }) => isSameStep(correction, each)))
  return alone.map((each) => `Its rows are marked, because ${lastingWords(each)} changes what its energy means: ${tellsCost(screenName, each)}`)
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
      ? [/whole series/.test(failure.remedy) ? forSeries : 'Then `dopant retry` this calculation; what was corrected so far stays, and every ladder starts anew.']
      : [tellsCost(screenName, offered)]),
    ...(last?.remoteFolder == null ? [] : [`Its files are in ${last.remoteFolder} on ${last.site}.`]),
  ]
}

const forSeries = 'That is under `method.incar` of the screen; `dopant plan` tells first what runs again. `dopant retry` tries this one again as it is.'

function tellsCost(screenName: string, correction: Correction): string {
  return `\`dopant accept-correction ${screenName} ${correctionName(correction)}\` tells first what ${lastingWords(correction)} for the whole series costs, and does it with --yes.`
}
