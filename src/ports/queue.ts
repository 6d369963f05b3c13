/** A unit of work. It carries ids only: the store holds the truth, and a queue may be wiped at any time. */
export interface Task {
  readonly type: TaskType
  /** What the task is about: a calculation id, or a site name for `poll`. */
  readonly subject: string
}

export type TaskType = 'prepare' | 'submit' | 'poll' | 'collect' | 'reconcile'

export interface AddOptions {
  /** Tasks with the same key are one task while it waits or runs. Default: type and subject. */
  readonly key?: string
  readonly delaySeconds?: number
  /** 1 is most urgent. */
  readonly priority?: number
}

export interface Consumption {
  /** Stops taking tasks and waits for those that run. */
  close(): Promise<void>
}

/** Work that is waiting. */
export interface Queue {
  add(task: Task, options?: AddOptions): Promise<void>
  /** All of them in as few calls as possible; all with the same options. */
  addMany(tasks: readonly Task[], options?: Omit<AddOptions, 'key'>): Promise<void>
  /** A handler that throws is tried again with back-off; after the last try `onGivenUp` is told, and nothing else stops. */
  consume(type: TaskType, handle: (task: Task) => Promise<void>, options?: ConsumeOptions): Promise<Consumption>
  /** Forgets every task; used by an embedded engine that rebuilds them from the store. */
  clear(): Promise<void>
  close(): Promise<void>
}

export interface ConsumeOptions {
  readonly concurrency?: number
  readonly attempts?: number
  readonly onGivenUp?: (task: Task, error: Error) => Promise<void>
}
