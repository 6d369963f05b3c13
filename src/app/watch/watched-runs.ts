import type { CalculationSummary, Store } from '../../ports/store.ts'
import type { RunProgress } from './run-progress.ts'

export interface WatchedRun {
  readonly calculation: CalculationSummary
  /** Undefined until the first poll that saw its files. */
  readonly progress: RunProgress | undefined
}

/** Every calculation that runs, of one screen or of all, with how far it has come; asks no site. */
export async function watchedRuns(
  store: Pick<Store, 'summaries' | 'progress'>,
  screenName?: string,
): Promise<readonly WatchedRun[]> {
  const filter = screenName === undefined ? {} : { screenName }
  const running = await store.summaries({ ...filter, states: ['running', 'suspended', 'cancelling'] })
  const known = new Map((await store.progress(screenName)).map((each) => [each.calculationId, each]))
  return running.map((calculation) => ({
    calculation,
    progress: known.get(calculation.id)?.progress as RunProgress | undefined,
  }))
}
