import { KnownError } from '../../base/known-error.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Task, TaskType } from '../../ports/queue.ts'

/** After so long others go on without a task. A site that says nothing is given up by its transport long before. */
export const longestTaskMinutes: Readonly<Record<TaskType, number>> = { prepare: 30, submit: 60, poll: 60, collect: 240, reconcile: 60 }

/** Something in a task never came to its end: it is left alone, tried again, and nothing waits for it. */
export class TaskOverdueError extends KnownError {
  readonly code = 'TASK_OVERDUE'
  readonly remedy: string
  override readonly exitCode = 3
  constructor({ type, subject }: Task, minutes: number) {
    super(`${type} ${subject} has not ended within ${minutes} minutes and is left alone.`)
    const look = type === 'poll' || type === 'reconcile' ? '`dopant site check`' : `\`dopant path ${subject}\``
    this.remedy = `Wait: it is tried again, and everything else goes on. If it comes again, look with ${look} for what it waits for, and start the engine again.`
  }
}

interface AtWork {
  readonly task: Task
  ticks: number
  readonly giveUp: (minutes: number) => void
}

const tickSeconds = 30
/** What runs when the engine is told to stop may end by itself for so long. */
const ticksWhenStopping = 2

/**
 * Leaves tasks alone that take longer than their kind may. What such a task does later is out of date by then, and the store refuses it.
 *
 * Time is counted in steps of a sleeping process, so that a clock that jumps or a laptop that slept ends no task.
 */
export class TimeLimits {
  readonly #atWork = new Set<AtWork>()
  readonly #ended = new AbortController()
  readonly #clock: Clock
  readonly #longest: Readonly<Record<TaskType, number>>
  #isStopping = false
  #isWatching = false

  constructor(clock: Clock, longest = longestTaskMinutes) {
    this.#clock = clock
    this.#longest = longest
  }

  /** @throws TaskOverdueError */
  async within(task: Task, work: () => Promise<void>): Promise<void> {
    let entry: AtWork | undefined
    const overdue = new Promise<never>((_, reject) => {
      entry = { task, ticks: 0, giveUp: (minutes) => reject(new TaskOverdueError(task, minutes)) }
      this.#atWork.add(entry)
    })
    if (!this.#isWatching) void this.#watch()
    try {
      await Promise.race([work(), overdue])
    } finally {
      if (entry !== undefined) this.#atWork.delete(entry)
    }
  }

  /** Ends with the consumers, and lets nothing that hangs keep them. */
  async stop(closing: Promise<unknown>): Promise<void> {
    this.#isStopping = true
    for (const each of this.#atWork) each.ticks = 0
    await closing.finally(() => this.#ended.abort())
  }

  /** As long as something is at work. */
  async #watch(): Promise<void> {
    this.#isWatching = true
    while (this.#atWork.size > 0 && !this.#ended.signal.aborted) {
      await this.#clock.sleep(tickSeconds * 1000, this.#ended.signal)
      for (const each of this.#atWork) this.#tick(each)
    }
    this.#isWatching = false
  }

  #tick(each: AtWork): void {
    each.ticks += 1
    const most = this.#isStopping ? ticksWhenStopping : (this.#longest[each.task.type] * 60) / tickSeconds
    if (each.ticks >= most) each.giveUp((each.ticks * tickSeconds) / 60)
  }
}
