import { UnrecoverableError } from 'bullmq'
import type { ConsumeOptions, Task } from '../../ports/queue.ts'
import type { RunningJob } from './queue-backend.ts'

export interface RetryPace {
  readonly firstSeconds: number
  readonly longestSeconds: number
}

/** Seconds before try n + 1: doubled with every failure up to the longest, and spread, lest all come back together. */
export function retryDelayMs(failures: number, pace: RetryPace, random: () => number = Math.random): number {
  const seconds = Math.min(pace.firstSeconds * 2 ** (failures - 1), pace.longestSeconds)
  return Math.round(1000 * seconds * (0.5 + 0.5 * random()))
}

/**
 * Runs the handler once. After the last try `onGivenUp` is told and the task is over.
 *
 * A failure of `onGivenUp` itself counts as another failed try, so that a giving-up is never lost.
 */
export async function tryOnce(
  job: RunningJob,
  handle: (task: Task) => Promise<void>,
  { attempts = 3, onGivenUp }: ConsumeOptions,
): Promise<void> {
  try {
    await handle(job.data)
  } catch (thrown) {
    const error = thrown instanceof Error ? thrown : new Error(String(thrown))
    if (job.attemptsMade + 1 < attempts) throw error
    await onGivenUp?.(job.data, error)
    throw new UnrecoverableError(error.message)
  }
}
