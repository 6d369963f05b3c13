import type { Candidate } from '../workflow/candidate.ts'
import type { PlannedCalculation } from '../workflow/planned-calculation.ts'
import type { CalculationRecord, CalculationSummary, ScreenRecord } from './store.ts'

/** What a person said on the command line about a screen; it holds until the screen is run with other words. */
export interface ScreenOptions {
  /** False: nothing is reused, every calculation runs. */
  readonly useCache?: boolean
  /** `waiting`: all but the pilot is held; `accepted`: a person has seen the pilot. */
  readonly pilot?: 'waiting' | 'accepted'
}

/** A screen as it was written at some time, and the calculations that it asked for then. */
export interface ScreenRevision {
  readonly screenName: string
  /** From 1. */
  readonly revision: number
  readonly text: string
  readonly candidates: readonly Candidate[]
  /** Ids in the store, in the order of the plan. */
  readonly calculationIds: readonly string[]
  readonly at: string
}

type Known = Pick<CalculationRecord, 'id' | 'revision'>

/** Everything that a new text of a screen changes. */
export interface ScreenGrowth {
  readonly screen: ScreenRecord
  readonly site: string
  /** Where its calculations may run, when there is a choice; empty for `site` alone. */
  readonly sites: readonly string[]
  /** Of what is new; what is there keeps its own. */
  readonly priority: number
  readonly added: readonly PlannedCalculation[]
  /** Not started yet: they keep their id and take another plan. */
  readonly replaced: readonly { readonly calculation: Known; readonly plan: PlannedCalculation }[]
  /** Not asked for any more. Those that never ran are cancelled; those that run are asked to stop. */
  readonly obsolete: readonly (Known & { readonly reason: string })[]
  /** Obsolete before, asked for again. */
  readonly revived: readonly Known[]
  /** All that the screen asks for now, in the order of the plan. */
  readonly calculationIds: readonly string[]
}

/** How often a task ended in an error that nobody foresaw. */
export interface TroubleRecord {
  readonly task: string
  readonly count: number
  readonly message: string
  readonly at: string
}

/** What the store does for screens that grow, for priorities, for several sites, and for reuse. */
export interface GrowingStore {
  /**
   * All of it or nothing. A revision is kept when the text or what it asks for differs from the last one.
   * @throws StaleRevisionError when one of the calculations has moved meanwhile
   */
  growScreen(growth: ScreenGrowth): Promise<void>
  /** Oldest first. */
  screenRevisions(screenName: string): Promise<readonly ScreenRevision[]>
  saveScreenOptions(screenName: string, options: ScreenOptions): Promise<void>
  /** Of calculations that have not ended; returns how many took it. */
  setPriority(ids: readonly string[], priority: number): Promise<number>
  /** Only while it is ready. @throws StaleRevisionError */
  moveToSite(calculation: Known, site: string, reason: string): Promise<void>
  /** The oldest finished calculation that asked VASP for the same and ran itself. */
  finishedWith(contentKey: string): Promise<CalculationSummary | undefined>
  /** Counts one more failure of a task and says how many there are now. */
  countTrouble(task: string, message: string): Promise<number>
  troubles(): Promise<readonly TroubleRecord[]>
  forgetTrouble(task: string): Promise<void>
  /** A word that the store keeps for a part of the engine. */
  mark(name: string): Promise<string | undefined>
  saveMark(name: string, value: string): Promise<void>
}
