import type { Clock } from '../../../src/ports/clock.ts'
import type { Queue, Task, TaskType } from '../../../src/ports/queue.ts'

/** A clock and a queue of one process in which hours pass as fast as the work allows; nothing happens between two tasks. */
export interface FastTime {
  readonly clock: Clock
  readonly queue: Queue
  /** Works off everything that is due, in order, until that time. @param onAdvance called before each piece of work */
  runUntil(endMs: number, onAdvance: (nowMs: number) => void): Promise<void>
}

interface Due {
  readonly atMs: number
  readonly key: string
  readonly work: () => Promise<void>
}

export function fastTime(startMs: number, taskSeconds: Partial<Record<TaskType, number>> = {}): FastTime {
  let nowMs = startMs
  let due: Due[] = []
  const handlers = new Map<TaskType, (task: Task) => Promise<void>>()
  const put = (one: Due): void => {
    if (due.some(({ key }) => key === one.key)) return
    const place = due.findIndex(({ atMs }) => atMs > one.atMs)
    due.splice(place < 0 ? due.length : place, 0, one)
  }
  let sleepers = 0
  return {
    clock: {
      now: () => new Date(nowMs),
      sleep: (milliseconds, signal) =>
        new Promise((resolve) => {
          const wake = (): void => {
            signal?.removeEventListener('abort', wake)
            resolve()
          }
          signal?.addEventListener('abort', wake)
          sleepers += 1
          put({ atMs: nowMs + milliseconds, key: `sleeper ${sleepers}`, work: async () => wake() })
        }),
    },
    queue: {
      async add(task, { key = `${task.type} ${task.subject}`, delaySeconds = 0 } = {}) {
        const work = async (): Promise<void> => {
          nowMs += 1000 * (taskSeconds[task.type] ?? 0)
          await handlers.get(task.type)?.(task)
        }
        put({ atMs: nowMs + delaySeconds * 1000, key, work })
      },
      async addMany(tasks, options) {
        for (const task of tasks) await this.add(task, options)
      },
      async consume(type, handle) {
        handlers.set(type, handle)
        return { close: async () => void handlers.delete(type) }
      },
      clear: async () => void (due = []),
      close: async () => undefined,
    },
    async runUntil(endMs, onAdvance) {
      for (;;) {
        const next = due[0]
        if (next === undefined || next.atMs > endMs) break
        due.shift()
        nowMs = Math.max(nowMs, next.atMs)
        onAdvance(nowMs)
        await next.work()
      }
      nowMs = Math.max(nowMs, endMs)
    },
  }
}
