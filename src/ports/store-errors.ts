import { KnownError, isKnownError } from '../base/known-error.ts'

/** The calculation has changed since it was read. */
export class StaleRevisionError extends KnownError {
  readonly code = 'STALE_REVISION'
  readonly remedy = 'Read the calculation again and decide anew.'
  override readonly retryable = true
  constructor(id: string, expected: number) {
    super(`Calculation ${id} is no longer at revision ${expected}.`)
  }
}

/** The state machine has no such move. */
export class IllegalTransitionError extends KnownError {
  readonly code = 'ILLEGAL_TRANSITION'
  readonly remedy = 'See docs/states.md for the moves that exist.'
  constructor(id: string, from: string, to: string) {
    super(`Calculation ${id} cannot go from ${from} to ${to}.`)
  }
}

export class CalculationUnknownError extends KnownError {
  readonly code = 'CALCULATION_UNKNOWN'
  readonly remedy = 'List the calculations with `dopant status`.'
  constructor(id: string) {
    super(`There is no calculation ${id}.`)
  }
}

export function isStaleRevision(error: unknown): boolean {
  return isKnownError(error) && error.code === 'STALE_REVISION'
}
