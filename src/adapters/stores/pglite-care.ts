import type { PGlite } from '@electric-sql/pglite'
import type { PgliteSession } from './pglite-pool.ts'

const lookEveryMs = 15_000
const worthwhileQueries = 5_000
/** A queue that never rests must be swept too: dead rows would slow every query. */
const overdueQueries = 50_000

/**
 * Sweeps dead rows when the database is idle: autovacuum does not run in an embedded engine.
 *
 * @returns stops it
 */
export function careFor(database: PGlite, session: PgliteSession): () => void {
  let sweptAt = session.queryCount()
  let seenAt = sweptAt
  const timer = setInterval(() => {
    const count = session.queryCount()
    const isIdle = count - seenAt < 10
    seenAt = count
    if (count - sweptAt < (isIdle ? worthwhileQueries : overdueQueries)) return
    sweptAt = count
    void session.alone(() => database.exec('VACUUM (ANALYZE); CHECKPOINT')).catch(() => undefined) // tried again later
  }, lookEveryMs)
  timer.unref()
  return () => clearInterval(timer)
}
