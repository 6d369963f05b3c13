import type { Candidate } from './candidate.ts'
import type { PlannedCalculation } from './planned-calculation.ts'

/** What a screen amounts to: its members, and every calculation with what it waits for. */
export interface Plan {
  readonly screenName: string
  readonly title: string
  readonly site: string
  /** All sites that the screen allows, when there is a choice; `site` is the first of them. */
  readonly sites?: readonly string[]
  /** Higher goes first; 0 when absent. */
  readonly priority?: number
  /** What all attempts together may cost, when the screen says so. */
  readonly budgetCoreHours?: number
  readonly candidates: readonly Candidate[]
  readonly calculations: readonly PlannedCalculation[]
  /** Choices and assumptions that hold for the whole screen, for people. */
  readonly notes: readonly string[]
}
