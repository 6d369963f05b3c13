import type { Queue, Worker, WorkerOptions } from 'bullmq'
import type { Task } from '../../ports/queue.ts'

export type TaskQueue = Pick<Queue<Task>, 'add' | 'addBulk' | 'obliterate' | 'close' | 'on'>
export type TaskWorker = Pick<Worker<Task>, 'close' | 'disconnect' | 'on' | 'waitUntilReady'>
export type WorkerSettings = Omit<WorkerOptions, 'connection'>

/** The job as a worker sees it: what the queue needs of BullMQ's. */
export interface RunningJob {
  readonly data: Task
  readonly attemptsMade: number
}

/** Where BullMQ keeps its jobs. */
export interface QueueBackend {
  makeQueue(name: string): TaskQueue
  makeWorker(name: string, run: (job: RunningJob) => Promise<void>, settings: WorkerSettings): TaskWorker
  /** What differs from a worker among many on a server. */
  readonly workerSettings: Partial<WorkerSettings>
  close(): Promise<void>
}
