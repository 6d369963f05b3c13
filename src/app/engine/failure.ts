import { isKnownError } from '../../base/known-error.ts'
import type { Failure } from '../../ports/store.ts'

/** An error as the store keeps it. */
export function failureOf(error: unknown): Failure {
  if (isKnownError(error)) return { code: error.code, message: error.message, remedy: error.remedy }
  const message = error instanceof Error ? error.message : String(error)
  return {
    code: 'INTERNAL',
    message,
    remedy: 'Report this with the output of `dopant show`; retry the calculation meanwhile.',
  }
}
