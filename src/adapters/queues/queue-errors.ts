import { KnownError } from '../../base/known-error.ts'

/** The queue's server does not answer. The store knows what is pending; reconcile adds it again. */
export class QueueUnreachableError extends KnownError {
  readonly code = 'QUEUE_UNREACHABLE'
  readonly remedy = 'Start the queue’s server or correct REDIS_URL; pending work is rebuilt when it is back.'
  override readonly retryable = true
  override readonly exitCode = 3
  constructor(reason: string, options?: ErrorOptions) {
    super(`The queue cannot be reached: ${reason}`, options)
  }
}
