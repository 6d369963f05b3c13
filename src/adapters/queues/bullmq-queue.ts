import type { JobsOptions } from 'bullmq'
import type { AddOptions, Consumption, ConsumeOptions, Queue, Task, TaskType } from '../../ports/queue.ts'
import { Gate } from '../../base/gate.ts'
import type { QueueBackend, RunningJob, TaskQueue, TaskWorker, WorkerSettings } from './queue-backend.ts'
import { QueueUnreachableError } from './queue-errors.ts'
import { retryDelayMs, tryOnce, type RetryPace } from './retries.ts'

const taskTypes: readonly TaskType[] = ['prepare', 'submit', 'poll', 'collect', 'reconcile']
/** Without a priority BullMQ would put a task before those of priority 1. */
const usualPriority = 100
/** A caller may add thousands at once; more than this at a time would only starve the consumers of connections. */
const mostAddsAtOnce = 32
const mostInOneCall = 500
/** In PostgreSQL a call for many makes tables for itself first, which takes as long as some single ones. */
const worthOneCall = 8
/** A server that went away must not keep a command from ending. */
const longestCloseMs = 2_000

export interface BullmqQueueOptions {
  /** Begins the names of the queues; different for every store that shares a server. Without colons. */
  readonly namespace: string
  readonly retryPace?: RetryPace
  /** Told what went wrong between worker and server; tasks are not lost by it. */
  readonly onTrouble?: (error: Error) => void
}

/** The Queue port on BullMQ: one BullMQ queue for each type of task. */
export function bullmqQueue(backend: QueueBackend, options: BullmqQueueOptions): Queue {
  return new BullmqQueue(backend, options)
}

class BullmqQueue implements Queue {
  readonly #backend: QueueBackend
  readonly #options: BullmqQueueOptions
  readonly #queues = new Map<TaskType, TaskQueue>()
  readonly #consumers = new Set<Consumer>()
  readonly #gate = new Gate(mostAddsAtOnce)

  constructor(backend: QueueBackend, options: BullmqQueueOptions) {
    this.#backend = backend
    this.#options = options
  }

  async add(task: Task, options: AddOptions = {}): Promise<void> {
    const { type, subject } = task
    await this.#gate.pass(() =>
      this.#reaching(() => this.#queue(type).add(type, { type, subject }, jobOptions(task, options))),
    )
  }

  async addMany(tasks: readonly Task[], options: Omit<AddOptions, 'key'> = {}): Promise<void> {
    const adding = taskTypes.flatMap((type) => inParts(tasks.filter((task) => task.type === type), mostInOneCall))
    await Promise.all(adding.map((some) => this.#addSome(some, options)))
  }

  /** @param tasks of one type */
  async #addSome(tasks: readonly Task[], options: AddOptions): Promise<void> {
    const [first] = tasks
    if (first === undefined) return
    if (tasks.length < worthOneCall) return this.#addInOrder(tasks, options)
    const jobs = tasks.map((task) => {
      const { type, subject } = task
      return { name: type, data: { type, subject }, opts: jobOptions(task, options) }
    })
    await this.#gate.pass(() => this.#reaching(() => this.#queue(first.type).addBulk(jobs)))
  }

  /** One after the other: several connections of a pool would not keep their order. */
  async #addInOrder(tasks: readonly Task[], options: AddOptions): Promise<void> {
    for (const task of tasks) await this.add(task, options)
  }

  async consume(
    type: TaskType,
    handle: (task: Task) => Promise<void>,
    options: ConsumeOptions = {},
  ): Promise<Consumption> {
    const settings = { ...this.#workerSettings(), concurrency: options.concurrency ?? 1 }
    const running = new Set<Promise<void>>()
    const run = (job: RunningJob): Promise<void> => tracked(running, tryOnce(job, handle, options))
    const worker = this.#backend.makeWorker(this.#name(type), run, settings)
    worker.on('error', (error) => this.#options.onTrouble?.(error))
    const consumer = { worker, running }
    this.#consumers.add(consumer)
    await worker.waitUntilReady()
    return { close: () => this.#stop(consumer) }
  }

  async clear(): Promise<void> {
    for (const type of taskTypes) await this.#reaching(() => this.#queue(type).obliterate({ force: true }))
  }

  async close(): Promise<void> {
    await Promise.all([...this.#consumers].map((consumer) => this.#stop(consumer)))
    await within(longestCloseMs, Promise.all([...this.#queues.values()].map((queue) => queue.close())))
    await this.#backend.close()
  }

  /** Waits for handlers as long as they take; for a server that went away only a moment. */
  async #stop(consumer: Consumer): Promise<void> {
    this.#consumers.delete(consumer)
    const closing = consumer.worker.close()
    await Promise.allSettled(consumer.running)
    if (await within(longestCloseMs, closing)) return
    await within(longestCloseMs, Promise.resolve(consumer.worker.disconnect()))
  }

  #queue(type: TaskType): TaskQueue {
    const known = this.#queues.get(type)
    if (known !== undefined) return known
    const queue = this.#backend.makeQueue(this.#name(type))
    queue.on('error', (error) => this.#options.onTrouble?.(error))
    this.#queues.set(type, queue)
    return queue
  }

  #name(type: TaskType): string {
    return `${this.#options.namespace}-${type}`
  }

  #workerSettings(): WorkerSettings {
    const pace = this.#options.retryPace ?? { firstSeconds: 1, longestSeconds: 300 }
    return {
      // With BullMQ's own limit the second `kill -9` of a worker would fail its task for good.
      maxStalledCount: 1_000_000,
      runRetryDelay: 2_000,
      settings: { backoffStrategy: (failures) => retryDelayMs(failures, pace) },
      ...this.#backend.workerSettings,
    }
  }

  async #reaching<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (error) {
      if (error instanceof Error && isLostConnection(error))
        throw new QueueUnreachableError(error.message, { cause: error })
      throw error
    }
  }
}

/** The key is the job's id, and a job is removed when it ends: so it is one job while it waits or runs, and no longer. */
function jobOptions(task: Task, { key, delaySeconds = 0, priority }: AddOptions): JobsOptions {
  return {
    jobId: jobId(key ?? `${task.type}/${task.subject}`),
    delay: Math.round(delaySeconds * 1000),
    priority: priority ?? usualPriority,
    // How often is decided where the task is consumed.
    attempts: 1_000_000,
    backoff: { type: 'spread' },
    removeOnComplete: true,
    removeOnFail: true,
  }
}

function inParts<T>(all: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, i) => all.slice(i * size, (i + 1) * size))
}

/** BullMQ refuses colons and whole numbers. */
function jobId(key: string): string {
  return `k-${key.replaceAll('%', '%25').replaceAll(':', '%3A')}`
}

function isLostConnection(error: Error): boolean {
  const code = 'code' in error ? String(error.code) : ''
  return (
    /^(ECONN|EPIPE|ENOTFOUND|ETIMEDOUT|08|57P)/.test(code) ||
    /connection is closed|max retries per request|connection terminated/i.test(error.message)
  )
}

interface Consumer {
  readonly worker: TaskWorker
  /** Handlers that have not ended. */
  readonly running: Set<Promise<void>>
}

function tracked(running: Set<Promise<void>>, work: Promise<void>): Promise<void> {
  running.add(work)
  return work.finally(() => running.delete(work))
}

/** Was the work done in time? */
async function within(milliseconds: number, work: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const limit = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), milliseconds)
  })
  const done = work.then(
    () => true,
    () => true,
  )
  return Promise.race([done, limit]).finally(() => clearTimeout(timer))
}
