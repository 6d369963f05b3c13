import { setTimeout as wait } from 'node:timers/promises'
import type { Clock } from '../../src/ports/clock.ts'
import type { Queue } from '../../src/ports/queue.ts'

/** A clock that runs so many times as fast as the machine's, and a queue whose delays pass as fast. */
export function fastClock(factor: number): { readonly clock: Clock; quick(queue: Queue): Queue } {
  const startMs = Date.now()
  const begun = performance.now()
  const clock: Clock = {
    now: () => new Date(startMs + (performance.now() - begun) * factor),
    sleep: async (milliseconds, signal) => {
      const options = signal === undefined ? {} : { signal }
      await wait(milliseconds / factor, undefined, options).catch(() => undefined)
    },
  }
  const quick = (queue: Queue): Queue => ({
    add: (task, options = {}) => queue.add(task, { ...options, delaySeconds: (options.delaySeconds ?? 0) / factor }),
    addMany: (tasks, options = {}) => queue.addMany(tasks, { ...options, delaySeconds: (options.delaySeconds ?? 0) / factor }),
    consume: (type, handle, options) => queue.consume(type, handle, options),
    clear: () => queue.clear(),
    close: () => queue.close(),
  })
  return { clock, quick }
}
