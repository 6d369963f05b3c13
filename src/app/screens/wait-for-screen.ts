import type { Clock } from '../../ports/clock.ts'
import type { CalculationSummary, EventRecord, Store } from '../../ports/store.ts'
import { finalStates } from '../../workflow/calculation-state.ts'

/** What a person sees while waiting. */
export interface ScreenProgress {
  readonly calculations: readonly CalculationSummary[]
  /** Moves since the last call, oldest first. */
  readonly news: readonly EventRecord[]
}

/**
 * Waits until nothing of the screen moves any more, or the signal stops it; tells progress on the way.
 *
 * @param isStuck asked when nothing is submitted or running: is there something that only a person can change?
 */
export async function waitForScreen(
  store: Store,
  clock: Clock,
  screenName: string,
  show: (progress: ScreenProgress) => void,
  signal?: AbortSignal,
  isStuck: () => Promise<boolean> = async () => false,
): Promise<readonly CalculationSummary[]> {
  let afterSequence = await store.lastSequence()
  let calculations = await store.summaries({ screenName })
  for (;;) {
    const events = await store.events({ afterSequence })
    afterSequence = events.at(-1)?.sequence ?? afterSequence
    // Nothing moves without an event: a screen of thousands is not read three times a second.
    if (events.length > 0) calculations = await store.summaries({ screenName })
    const ids = new Set(calculations.map((calculation) => calculation.id))
    show({ calculations, news: events.filter((event) => ids.has(event.calculationId)) })
    if (calculations.every(isSettled) || signal?.aborted === true) return calculations
    if (calculations.every(isIdle) && (await isStuck())) return calculations
    await clock.sleep(refreshMilliseconds, signal)
  }
}

function isSettled(calculation: CalculationSummary): boolean {
  return finalStates.includes(calculation.state) || calculation.state === 'paused'
}

/** Nothing of it is on a site. */
function isIdle(calculation: CalculationSummary): boolean {
  return isSettled(calculation) || calculation.state === 'ready' || calculation.state === 'planned'
}

const refreshMilliseconds = 300
