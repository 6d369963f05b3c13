import type { CalculationState } from '../workflow/calculation-state.ts'

/** What the page knows of every calculation of the project. */
export interface CalculationRow {
  readonly id: string
  readonly screen: string
  readonly candidate: string
  readonly step: string
  readonly site: string
  readonly state: CalculationState
  /** Grows with every change: an older row never replaces a newer one. */
  readonly revision: number
  readonly attempt: number
  readonly nativeId: string | null
  readonly failure: FailureWords | null
  /** Why it is where it is: the words of its last move, when they are known. */
  readonly reason: string
  /** The screen does not ask for it any more. */
  readonly isObsolete: boolean
  /** Of the last move, milliseconds since 1970. */
  readonly updatedMs: number
}

export interface FailureWords {
  readonly code: string
  readonly message: string
  readonly remedy: string
}
