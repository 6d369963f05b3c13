import type { RunProgress } from '../../app/watch/run-progress.ts'
import type { CalculationRow } from '../../web/calculation-row.ts'

/** What `dopant watch` knows at one moment. Lists and maps stay the same objects while nothing changed. */
export interface WatchNow {
  readonly rows: readonly CalculationRow[]
  /** How far running calculations have come, by id. */
  readonly progress: ReadonlyMap<string, RunProgress>
  /** Why a job waits, in the words of the batch system, by id. */
  readonly notices: ReadonlyMap<string, string>
  readonly sites: readonly WatchedSite[]
  /** Why ready calculations are not submitted. */
  readonly waiting: readonly string[]
  /** Of all attempts of the screens that are shown, as far as they told their end. */
  readonly coreHours: number
  readonly engine: EngineWords
}

export interface WatchedSite {
  readonly name: string
  /** Of its last answer about the queue, ISO 8601. */
  readonly seenAt: string | null
  /** Null in a large project: adding up every attempt would move megabytes. */
  readonly coreHours: number | null
  readonly fullReason: string | null
}

/** Who moves calculations, and how fresh the picture is. */
export interface EngineWords {
  readonly isRunning: boolean
  readonly words: string
}
