import { createPostgresBackend, runMigrations, withBackend, type PostgresConnectionOptions } from 'bullmq'
import type { Pool, PoolClient } from 'pg'
import type { Task } from '../../ports/queue.ts'
import type { QueueBackend, TaskQueue, TaskWorker } from './queue-backend.ts'

const { Queue, Worker } = withBackend(createPostgresBackend)

/** The queues in a PostgreSQL server, beside the store; any number of processes may take tasks. */
export async function postgresBackend(pool: Pool): Promise<QueueBackend> {
  await withClient(pool, bringTablesUpToDate)
  return { ...makers(pool), workerSettings: { drainDelay: 30 }, close: async () => {} }
}

/**
 * The queues in the embedded database, whose one process is the only one to take tasks.
 *
 * What an earlier process left is thrown away: its running tasks would stay locked for half a minute, and the store
 * knows all that is pending.
 */
export async function embeddedBackend(pool: Pool): Promise<QueueBackend> {
  await withClient(pool, async (client) => {
    await bringTablesUpToDate(client).catch(async () => {
      await client.query('DROP SCHEMA IF EXISTS bullmq CASCADE')
      await bringTablesUpToDate(client)
    })
    await emptyTables(client)
  })
  const workerSettings = { skipStalledCheck: true, skipLockRenewal: true, drainDelay: 60 }
  return { ...makers(pool), workerSettings, close: async () => {} }
}

function makers(pool: Pool): Pick<QueueBackend, 'makeQueue' | 'makeWorker'> {
  // BullMQ describes the part of pg.Pool that it uses in types of its own.
  const connection = pool as unknown as PostgresConnectionOptions
  return {
    makeQueue: (name) => new Queue<Task>(name, { connection }) as unknown as TaskQueue,
    makeWorker: (name, run, settings) =>
      new Worker<Task>(name, run, { ...settings, connection }) as unknown as TaskWorker,
  }
}

async function bringTablesUpToDate(client: PoolClient): Promise<void> {
  await runMigrations(client as unknown as Parameters<typeof runMigrations>[0])
}

async function emptyTables(client: PoolClient): Promise<void> {
  const found = await client.query<{ name: string }>(
    `SELECT quote_ident(tablename) AS name FROM pg_tables WHERE schemaname = 'bullmq' AND tablename <> 'migration'`,
  )
  const names = found.rows.map(({ name }) => `bullmq.${name}`)
  if (names.length > 0) await client.query(`TRUNCATE ${names.join(', ')}`)
}

async function withClient(pool: Pool, work: (client: PoolClient) => Promise<void>): Promise<void> {
  const client = await pool.connect()
  try {
    await work(client)
  } finally {
    client.release()
  }
}
