import { KnownError } from '../../base/known-error.ts'
import type { AttemptRecord } from '../../ports/attempt.ts'
import type { CalculationSummary, Store } from '../../ports/store.ts'
import type { Correction } from '../../recovery/correction.ts'
import type { CalculationState } from '../../workflow/calculation-state.ts'
import { correctionName } from '../dispatch/attempt-plan.ts'
import { ScreenUnknownError } from '../results/screen-results.ts'

export class CorrectionUnknownError extends KnownError {
  readonly code = 'CORRECTION_UNKNOWN'
  readonly remedy: string
  constructor(screenName: string, name: string, known: readonly string[]) {
    super(`No calculation of ${screenName} has or was offered the correction ${name}.`)
    this.remedy =
      known.length === 0
        ? 'Nothing waits for consent; look at `dopant why` of a calculation that failed.'
        : `Choose one of ${known.join(', ')}.`
  }
}

/** What it means to give a correction to a whole series. */
export interface SeriesChange {
  readonly correction: Correction
  readonly name: string
  /** The kinds of runs that take it. */
  readonly steps: readonly string[]
  /** That have to run again with it; those that depend on them follow. */
  readonly again: readonly CalculationSummary[]
  /** That wait for it, or have not started yet. */
  readonly other: readonly CalculationSummary[]
  /** At work now: they start again when they have ended, because they lack the correction or begin from a run that is made again. */
  readonly underWay: readonly CalculationSummary[]
  /** What the last runs of those cost that have to run again. */
  readonly coreHours: number
}

type SeriesStore = Pick<Store, 'screen' | 'screens' | 'summaries' | 'attemptsOfScreen' | 'acceptCorrection' | 'transition'>

/**
 * Works out which members a correction would change and what that costs; changes nothing.
 *
 * @throws CorrectionUnknownError, ScreenUnknownError
 */
export async function planSeriesChange(store: SeriesStore, screenName: string, name: string): Promise<SeriesChange> {
  if ((await store.screen(screenName)) === undefined) {
    throw new ScreenUnknownError(screenName, (await store.screens()).map((each) => each.name))
  }
  const attempts = await store.attemptsOfScreen(screenName)
  const sources = attempts.flatMap(sourcesIn)
  const source = sources.find((each) => correctionName(each.correction) === name)
  if (source === undefined) {
    throw new CorrectionUnknownError(screenName, name, [...new Set(sources.map((each) => correctionName(each.correction)))])
  }
  const all = await store.summaries({ screenName })
  const having = new Set(attempts.filter((each) => has(each, name)).map(({ calculationId }) => calculationId))
  const origins = new Set(sources.filter((each) => correctionName(each.correction) === name).map(({ id }) => id))
  const steps = [...new Set(all.filter(({ id }) => origins.has(id)).map(({ step }) => step))]
  const members = all.filter(({ id, step }) => steps.includes(step) && !having.has(id))
  const redone = withDependents(all, members.filter(({ state }) => state === 'done'))
  const again = all.filter(({ id, state }) => redone.has(id) && state === 'done')
  const lacking = new Set([...redone, ...members.map(({ id }) => id)])
  return {
    ...{ correction: source.correction, name, steps, again },
    other: members.filter(({ state }) => state !== 'done' && !atWork.includes(state)),
    underWay: all.filter(({ id, state }) => lacking.has(id) && atWork.includes(state)),
    coreHours: again.reduce((sum, { id, attempt }) => sum + (hoursOf(attempts, id, attempt) ?? 0), 0),
  }
}

/** Keeps the consent, and lets every member that lacks the correction run with it. @returns ids that run again */
export async function acceptCorrection(store: SeriesStore, screenName: string, change: SeriesChange, actor = 'person'): Promise<readonly string[]> {
  const { correction, name, steps, again, other } = change
  for (const step of steps) await store.acceptCorrection({ screenName, step, name, correction })
  const why = { actor, reason: `the series takes ${name}` }
  // What depends on others waits for them again: the last first, so that none starts too early.
  const ids = new Set(again.map(({ id }) => id))
  for (const calculation of again.toReversed()) {
    const waits = calculation.dependsOn.some((id) => ids.has(id))
    await store.transition(calculation, waits ? 'planned' : 'ready', why)
  }
  // What was about to start from a run that is made again waits for it.
  for (const calculation of await store.summaries({ screenName, states: ['ready'] })) {
    if (calculation.dependsOn.some((id) => ids.has(id))) await store.transition(calculation, 'planned', why)
  }
  const waiting = other.filter(({ state }) => state === 'failed')
  for (const calculation of waiting) await store.transition(calculation, 'ready', why, { failure: null })
  return [...again, ...waiting].map(({ id }) => id)
}

interface Source {
  readonly id: string
  readonly correction: Correction
}

/** Made, or offered. */
function sourcesIn({ calculationId: id, corrections, decision }: AttemptRecord): readonly Source[] {
  const offered = decision?.kind === 'offer' && decision.correction !== undefined ? [decision.correction] : []
  return [...corrections, ...offered].filter((each) => each.class === 'comparability').map((correction) => ({ id, correction }))
}

function has({ corrections }: AttemptRecord, name: string): boolean {
  return corrections.some((each) => correctionName(each) === name)
}

/** Those and whatever begins from them: in the order of the screen nothing comes before what it depends on. */
function withDependents(all: readonly CalculationSummary[], chosen: readonly CalculationSummary[]): ReadonlySet<string> {
  const ids = new Set(chosen.map(({ id }) => id))
  for (const calculation of all) if (calculation.dependsOn.some((id) => ids.has(id))) ids.add(calculation.id)
  return ids
}

/** States of a job whose inputs are made. */
const atWork: readonly CalculationState[] = ['staged', 'submitting', 'submit-unknown', 'queued', 'running', 'suspended', 'ended', 'collected']

function hoursOf(attempts: readonly AttemptRecord[], id: string, attempt: number): number | null | undefined {
  return attempts.find((each) => each.calculationId === id && each.attempt === attempt)?.coreHours
}
