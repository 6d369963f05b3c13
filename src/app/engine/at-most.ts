import { setTimeout as wait } from 'node:timers/promises'

/**
 * What comes within the time; undefined when it takes longer, and then it is left to itself. By the machine's own timers, and waiting
 * keeps no process from ending.
 */
export async function atMost<T>(milliseconds: number, work: Promise<T>): Promise<T | undefined> {
  const over = new AbortController()
  const late = wait(milliseconds, undefined, { signal: over.signal, ref: false }).catch(() => undefined)
  try {
    return await Promise.race([work, late])
  } finally {
    over.abort()
  }
}
