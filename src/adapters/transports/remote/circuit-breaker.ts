import { setTimeout as wait } from 'node:timers/promises'
import { isKnownError } from '../../../base/known-error.ts'
import { SiteUnreachableError } from '../../../ports/transport-errors.ts'
import { backoffSeconds } from './backoff.ts'

/** Stands before a site's door: lets one attempt to connect through at a time, and fewer the more of them failed. */
export interface CircuitBreaker {
  /**
   * Closed: waits for its turn and tries. Open: refuses at once until the pause is over, then lets one attempt through to see.
   *
   * @throws SiteUnreachableError, or what the last attempt failed with when trying again would do harm
   */
  connect<T>(attempt: () => Promise<T>, signal?: AbortSignal): Promise<T>
}

export interface BreakerTiming {
  readonly failuresToOpen: number
  readonly baseSeconds: number
  readonly capSeconds: number
  /** After a refused login: repeated ones lock accounts and get addresses banned. */
  readonly refusedSeconds: number
}

export const breakerTiming: BreakerTiming = {
  failuresToOpen: 3,
  baseSeconds: 1,
  capSeconds: 120,
  refusedSeconds: 600,
}

export function circuitBreaker(
  host: string,
  timing: BreakerTiming = breakerTiming,
  now: () => number = Date.now,
): CircuitBreaker {
  let failures = 0
  let closedUntil = 0
  let lastReason = ''
  let refused: { error: Error; until: number } | undefined

  const passDoor = async (signal?: AbortSignal): Promise<void> => {
    if (refused !== undefined && now() < refused.until) throw refused.error
    const pauseMs = closedUntil - now()
    if (pauseMs <= 0) return
    if (failures >= timing.failuresToOpen) {
      throw new SiteUnreachableError(
        host,
        `${lastReason} (${failures} attempts; the next one in ${Math.ceil(pauseMs / 1000)} s)`,
      )
    }
    await wait(pauseMs, undefined, { signal })
  }
  const note = (error: unknown): void => {
    if (!isKnownError(error)) return
    if (stopsEverything(error.code)) refused = { error, until: Infinity }
    else if (error.code === 'SSH_AUTHENTICATION')
      refused = { error, until: now() + 1000 * timing.refusedSeconds }
    else if (error.retryable) {
      failures++
      lastReason = error.message.replace(/^The site \S+ cannot be reached: /, '')
      closedUntil =
        now() + 1000 * backoffSeconds(failures, { base: timing.baseSeconds, cap: timing.capSeconds })
    }
  }
  return {
    async connect(attempt, signal) {
      await passDoor(signal)
      try {
        const connected = await attempt()
        failures = 0
        refused = undefined
        return connected
      } catch (error) {
        note(error)
        throw error
      }
    },
  }
}

function stopsEverything(code: string): boolean {
  return code === 'HOST_KEY_CHANGED' || code === 'HOST_KEY_REVOKED'
}
