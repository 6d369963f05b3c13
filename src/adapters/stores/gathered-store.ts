import type { AttemptRecord, ProgressRecord, SeriesCorrection } from '../../ports/attempt.ts'
import type { CalculationRecord, CalculationSummary, ResultRecord, ScreenRecord, Store } from '../../ports/store.ts'
import { readAttempts } from './attempts.ts'
import { readById } from './calculations.ts'
import { gathered, gatheredReads, shared } from './gather.ts'
import { readProgress } from './progress.ts'
import { readLastResults, saveResults, type GivenResult } from './results.ts'
import { readNamedScreens, readScreenBudgets } from './screens.ts'
import { readSeriesCorrections } from './series-corrections.ts'
import { readSiteHolds } from './site-hold.ts'
import { readSiteWatches } from './site-watch.ts'
import type { StoreDatabase } from './tables.ts'
import { transitions, type Move } from './transitions.ts'
import { countTroubles, forgetTroubles, readTroubles, type Trouble } from './trouble.ts'
import { readFinishedWith } from './urgency.ts'

type GatheredStore = Pick<
  Store,
  | 'screen'
  | 'calculation'
  | 'transition'
  | 'saveResult'
  | 'result'
  | 'attempts'
  | 'acceptedCorrections'
  | 'finishedWith'
  | 'countTrouble'
  | 'forgetTrouble'
  | 'troubles'
  | 'siteWatches'
  | 'siteHolds'
  | 'screenBudgets'
  | 'progress'
>

/** What the engine asks of many calculations at the same time: one statement answers all that wait. */
export function gatheredStore(tables: StoreDatabase): GatheredStore {
  const move = gathered<Move, CalculationSummary>((moves) => transitions(tables, moves))
  const keepResult = gathered<GivenResult, void>((given) => saveResults(tables, given).then(() => given.map(done)))
  const count = gathered<Trouble, number>((troubles) => countTroubles(tables, troubles))
  const forget = gathered<string, void>((tasks) => forgetTroubles(tables, tasks).then(() => tasks.map(done)))
  const readProgressOf = gatheredReads<readonly ProgressRecord[]>(async (names) => {
    const found = await Promise.all(names.map(async (name) => [name, await readProgress(tables, name === '' ? undefined : name)] as const))
    return new Map(found)
  }, [])
  return {
    screen: gatheredReads<ScreenRecord | undefined>((names) => readNamedScreens(tables, names), undefined),
    calculation: gatheredReads<CalculationRecord | undefined>((ids) => readById(tables, ids), undefined),
    transition: async (calculation, to, why, change = {}) => {
      const { id, revision } = calculation
      return { ...calculation, ...(await move({ calculation: { id, revision }, to, why, change })) }
    },
    saveResult: (calculationId, attempt, result) => keepResult({ calculationId, attempt, result }),
    result: gatheredReads<ResultRecord | undefined>((ids) => readLastResults(tables, ids), undefined),
    attempts: gatheredReads<readonly AttemptRecord[]>((ids) => readAttempts(tables, ids), []),
    acceptedCorrections: gatheredReads<readonly SeriesCorrection[]>((names) => readSeriesCorrections(tables, names), []),
    finishedWith: gatheredReads<CalculationSummary | undefined>((keys) => readFinishedWith(tables, keys), undefined),
    countTrouble: (task, message) => count({ task, message }),
    forgetTrouble: forget,
    troubles: shared(() => readTroubles(tables)),
    siteWatches: shared(() => readSiteWatches(tables)),
    siteHolds: shared(() => readSiteHolds(tables)),
    screenBudgets: shared(() => readScreenBudgets(tables)),
    progress: (screenName) => readProgressOf(screenName ?? ''),
  }
}

function done(): { readonly answer: undefined } {
  return { answer: undefined }
}
