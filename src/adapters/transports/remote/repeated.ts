import { setTimeout as wait } from 'node:timers/promises'
import { isKnownError } from '../../../base/known-error.ts'
import { backoffSeconds } from './backoff.ts'

/** Runs what may be run again until it succeeds, fails for good, or the attempts are used up. */
export type Repeat = <T>(act: () => Promise<T>) => Promise<T>

export function repeated(attempts = 4): Repeat {
  return async (act) => {
    for (let attempt = 1; ; attempt++) {
      try {
        return await act()
      } catch (error) {
        const again = isKnownError(error) && error.code === 'SITE_UNREACHABLE' && attempt < attempts
        if (!again) throw error
      }
      await wait(1000 * backoffSeconds(attempt, { base: 0.25, cap: 10 }))
    }
  }
}
