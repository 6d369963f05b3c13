import type { Clock } from '../../ports/clock.ts'

/** What comes within the time; undefined when it takes longer, and then it is left to itself. */
export async function atMost<T>(clock: Clock, milliseconds: number, work: Promise<T>): Promise<T | undefined> {
  const over = new AbortController()
  try {
    return await Promise.race([work, clock.sleep(milliseconds, over.signal).then(() => undefined)])
  } finally {
    over.abort()
  }
}
