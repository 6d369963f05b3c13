/**
 * Whatever can be foreseen. Anything else that is thrown is a bug, and the command line prints its stack.
 *
 * Recognised by a shared symbol rather than by `instanceof`, so that two copies of the package agree.
 */
const knownErrorMark = Symbol.for('dopant.KnownError')

export abstract class KnownError extends Error {
  /** Stable, upper case, one heading in docs/errors.md. */
  abstract readonly code: string
  /** What the reader can do next: one imperative sentence. */
  abstract readonly remedy: string
  /** May the same call succeed later, unchanged? */
  readonly retryable: boolean = false
  /** 2 = wrong use, 3 = the world is unwell; the exit code of the command line. */
  readonly exitCode: 1 | 2 | 3 = 2
  readonly [knownErrorMark] = true

  override get name(): string {
    return this.constructor.name
  }
}

export function isKnownError(error: unknown): error is KnownError {
  return typeof error === 'object' && error !== null && knownErrorMark in error
}
