import { Queue, Worker } from 'bullmq'
import { Redis } from 'ioredis'
import type { Task } from '../../ports/queue.ts'
import type { QueueBackend } from './queue-backend.ts'
import { QueueUnreachableError } from './queue-errors.ts'

/** Waiting between attempts to connect again, in ms. */
const retryStrategy = (times: number): number => Math.min(50 * 2 ** Math.min(times, 6), 2_000)

/**
 * The queues in Redis 6.2 or newer.
 *
 * @param url `redis://user:password@host:port/number`, or `rediss://` for TLS
 * @param onBack told when the server answers again after it was away: it may have come back empty
 * @throws QueueUnreachableError
 */
export async function redisBackend(url: string, onBack: () => void = () => undefined): Promise<QueueBackend> {
  // Adding fails soon when the server is away, so that callers can go on; consumers wait for it as long as it takes.
  const adding = new Redis(url, { lazyConnect: true, maxRetriesPerRequest: 3, retryStrategy })
  const consuming = new Redis(url, { lazyConnect: true, maxRetriesPerRequest: null, retryStrategy })
  for (const connection of [adding, consuming]) connection.on('error', () => undefined) // told by queue and worker
  try {
    await adding.connect()
    await consuming.connect()
  } catch (cause) {
    for (const connection of [adding, consuming]) connection.disconnect()
    throw new QueueUnreachableError((cause as Error).message, { cause })
  }
  adding.on('ready', onBack)
  return {
    makeQueue: (name) => new Queue<Task>(name, { connection: adding }),
    makeWorker: (name, run, settings) => new Worker<Task>(name, run, { ...settings, connection: consuming }),
    workerSettings: {},
    close: async () => {
      for (const connection of [adding, consuming]) connection.disconnect()
    },
  }
}
