import pg from 'pg'
import type { Database } from './database.ts'
import { storeFailure } from './database-errors.ts'

/** Every kind of task listens on a connection of its own; a pool without spare ones beside them processes nothing. */
const mostConnections = 16

/**
 * Connects to a PostgreSQL server (15 or newer) for both the store and, unless Redis does it, the queues.
 *
 * @param url `postgres://user:password@host:port/database`
 * @throws StoreUnreachableError
 */
export async function openPostgresDatabase(url: string): Promise<Database> {
  const pool = new pg.Pool({
    connectionString: url,
    max: mostConnections,
    keepAlive: true,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 30_000,
    // BullMQ writes its table names without a schema; the store always writes its own.
    options: '-c search_path=bullmq,public',
  })
  // Each queue and each worker of BullMQ listens too.
  pool.setMaxListeners(64)
  // One that is in use tells its query; told to nobody besides, a server that stops would end this process.
  pool.on('connect', (client) => void client.on('error', () => undefined))
  pool.on('error', () => undefined) // an idle connection dropped; the next query opens another, or says what is wrong
  try {
    await pool.query('SELECT 1')
  } catch (error) {
    await pool.end()
    throw storeFailure(error)
  }
  let closing: Promise<void> | undefined
  return { kind: 'server', pool, close: () => (closing ??= pool.end()) }
}
