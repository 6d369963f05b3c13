import type { CalculationState } from '../workflow/calculation-state.ts'
import type { Candidate } from '../workflow/candidate.ts'
import type { PlannedCalculation } from '../workflow/planned-calculation.ts'
import type { AttemptChange, AttemptRecord, ProgressRecord, SeriesCorrection } from './attempt.ts'
import type { GrowingStore, ScreenOptions } from './screen-growth.ts'
import type { JobNotice, ScreenBudget, SiteHold, SiteTraffic, SiteWatch } from './site-watch.ts'

export interface ScreenRecord {
  readonly name: string
  /** Absolute path of the screen file, for people. */
  readonly source: string
  /** The screen file's text as it was planned. */
  readonly text: string
  readonly candidates: readonly Candidate[]
  readonly createdAt: string
  /** What all its attempts together may cost; without it, or with null, there is no limit. */
  readonly budgetCoreHours?: number | null
  /** What a person said on the command line about this screen. */
  readonly options?: ScreenOptions
}

/** One calculation of a screen, as the store knows it. */
export interface CalculationRecord {
  readonly id: string
  readonly screenName: string
  readonly candidateId: string
  readonly step: string
  readonly dependsOn: readonly string[]
  readonly site: string
  readonly plan: PlannedCalculation
  readonly state: CalculationState
  /** Grows by one with every write; a write that expects another one is refused. */
  readonly revision: number
  /** 1 for the first attempt; 0 before any. */
  readonly attempt: number
  /** The current attempt's job name on the site. */
  readonly token: string | null
  readonly nativeId: string | null
  /** The current attempt's folder on the site. */
  readonly remoteFolder: string | null
  readonly failure: Failure | null
  readonly updatedAt: string
  /** When a newer text of the screen stopped asking for it; null while it is asked for. */
  readonly obsoleteSince: string | null
  /** Higher goes first among those that are ready; 0 unless someone says otherwise. */
  readonly priority: number
  /** Where it may run while it has not started; empty: only at its site. */
  readonly sites: readonly string[]
  /** What it asks VASP for, as one checksum; null before it was staged once. */
  readonly contentKey: string | null
  /** The calculation whose result it took instead of running. */
  readonly reusedFrom: string | null
}

export interface Failure {
  readonly code: string
  readonly message: string
  readonly remedy: string
}

/** What changes with a state; what is not named stays. */
export interface CalculationChange {
  readonly attempt?: number
  readonly token?: string | null
  readonly nativeId?: string | null
  readonly remoteFolder?: string | null
  readonly failure?: Failure | null
  readonly contentKey?: string | null
  readonly reusedFrom?: string | null
  /** Written to the attempt's own row in the same transaction; nothing is written before the first attempt. */
  readonly record?: AttemptChange
}

export interface EventRecord {
  readonly sequence: number
  readonly calculationId: string
  readonly from: CalculationState | null
  readonly to: CalculationState
  readonly at: string
  /** Who moved it: the use case, `submit`, `poll` …, or a person. */
  readonly actor: string
  readonly reason: string
  readonly attempt: number
}

/** What a finished calculation said, as JSON, with where it came from. */
export interface ResultRecord {
  readonly calculationId: string
  readonly attempt: number
  readonly result: unknown
  readonly createdAt: string
}

export interface CalculationFilter {
  readonly screenName?: string
  readonly site?: string
  readonly states?: readonly CalculationState[]
  /** At most so many, the first in order. */
  readonly limit?: number
  /** Also those that are obsolete and at rest; one that still runs is always there. */
  readonly withObsolete?: boolean
  /** The most urgent first instead of the first that was added. */
  readonly byPriority?: boolean
  /** Only these. */
  readonly ids?: readonly string[]
  /** Only those that wait for one of these. */
  readonly dependingOn?: readonly string[]
  /** Only those that wait and could move by what has become of the others: nothing is left to wait for, or it will not come, or it may again. */
  readonly canAdvance?: true
  /** Only those that took their result from one of these. */
  readonly reusedFrom?: readonly string[]
  /** Only those that were added after this one: with `limit`, the next page. Not with `byPriority`. */
  readonly afterId?: string
}

/** A calculation without its plan: some hundred bytes instead of some ten thousand. */
export type CalculationSummary = Omit<CalculationRecord, 'plan'>

/**
 * The truth. Every method is one transaction.
 *
 * Moves and reads of single calculations may be asked for by hundreds at the same time: an implementation answers those that wait
 * together, each for itself, and never with what it read before it was asked.
 */
export interface Store extends GrowingStore {
  /** Inserts or replaces the screen's description; its calculations are not touched. */
  saveScreen(screen: ScreenRecord): Promise<void>
  screen(name: string): Promise<ScreenRecord | undefined>
  screens(): Promise<readonly ScreenRecord[]>
  /** Adds those that are not there yet, in state `planned`; returns the ids that are new. */
  addCalculations(screenName: string, site: string, plans: readonly PlannedCalculation[]): Promise<readonly string[]>
  calculation(id: string): Promise<CalculationRecord | undefined>
  /** In the order in which they were added. */
  calculations(filter?: CalculationFilter): Promise<readonly CalculationRecord[]>
  /** The same without the plans: for lists, counts and everything that looks at thousands. */
  summaries(filter?: CalculationFilter): Promise<readonly CalculationSummary[]>
  /** How many there are. */
  count(filter?: Omit<CalculationFilter, 'limit' | 'byPriority' | 'afterId'>): Promise<number>
  /**
   * Moves a calculation to another state: new state, revision + 1 and one event row in one transaction.
   * What was given comes back with all that is new about it; a plan, which never changes, only if it was given.
   * @throws StaleRevisionError when the calculation has changed since it was read
   * @throws IllegalTransitionError when the state machine has no such move
   */
  transition<C extends Pick<CalculationRecord, 'id' | 'revision'>>(
    calculation: C,
    to: CalculationState,
    why: { readonly actor: string; readonly reason: string },
    change?: CalculationChange,
  ): Promise<Omit<C, keyof CalculationSummary> & CalculationSummary>
  /** Stores a result; the same calculation and attempt twice keeps the last. */
  saveResult(calculationId: string, attempt: number, result: unknown): Promise<void>
  result(calculationId: string): Promise<ResultRecord | undefined>
  results(screenName: string): Promise<readonly ResultRecord[]>
  events(filter?: { readonly calculationId?: string; readonly afterSequence?: number }): Promise<readonly EventRecord[]>
  /** An event that moves nothing: what was done beside the calculation, such as removing files. */
  remark(calculationId: string, why: { readonly actor: string; readonly reason: string }): Promise<void>
  /** The number of the newest event; 0 before any. */
  lastSequence(): Promise<number>
  /** Oldest first. A row is there from the move that stages the attempt. */
  attempts(calculationId: string): Promise<readonly AttemptRecord[]>
  /** Of all calculations of a screen, in their order, oldest first. */
  attemptsOfScreen(screenName: string): Promise<readonly AttemptRecord[]>
  /** Sum over all attempts that have told their end, whether they succeeded or not. */
  coreHoursOfScreen(screenName: string): Promise<number>
  /** Replaces what is known of a running attempt; no event, no revision. */
  saveProgress(calculationId: string, attempt: number, progress: unknown): Promise<void>
  /** Of current attempts, of one screen or of all. */
  progress(screenName?: string): Promise<readonly ProgressRecord[]>
  /** Keeps what a person accepted for a whole series; the same name and step twice keeps the first. */
  acceptCorrection(accepted: Omit<SeriesCorrection, 'acceptedAt'>): Promise<void>
  acceptedCorrections(screenName: string): Promise<readonly SeriesCorrection[]>
  /** Of the screens that have one. */
  screenBudgets(): Promise<readonly ScreenBudget[]>
  /** Adds to what the hours have already. */
  addTraffic(hours: readonly SiteTraffic[]): Promise<void>
  /** Oldest hour first. @param since ISO time; all without it */
  traffic(since?: string): Promise<readonly SiteTraffic[]>
  saveSiteWatch(watch: SiteWatch): Promise<void>
  siteWatches(): Promise<readonly SiteWatch[]>
  /** The last one of a site counts. */
  saveSiteHold(hold: SiteHold): Promise<void>
  siteHolds(): Promise<readonly SiteHold[]>
  releaseSite(site: string): Promise<void>
  /** Writes those that are given and forgets those that are named; the rest stays. */
  saveJobNotices(notices: readonly JobNotice[], forgotten: readonly string[]): Promise<void>
  /** Of jobs that still wait. */
  jobNotices(): Promise<readonly JobNotice[]>
  close(): Promise<void>
}
