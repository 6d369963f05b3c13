import { sql, type Selectable } from 'kysely'
import type { EventRecord, Store } from '../../ports/store.ts'
import { eventLock } from './calculations.ts'
import type { StoreDatabase, Tables } from './tables.ts'

export type EventFilter = NonNullable<Parameters<Store['events']>[0]>

/** In the order of their numbers. A reader that goes on from the last number it has seen misses none. */
export async function readEvents(
  database: StoreDatabase,
  filter: EventFilter,
): Promise<readonly EventRecord[]> {
  if (filter.afterSequence === undefined) return select(database, filter)
  return database.transaction().execute(async (transaction) => {
    await sql`SELECT pg_advisory_xact_lock(${eventLock})`.execute(transaction)
    return select(transaction, filter)
  })
}

/** The newest number; a reader that starts behind it has to have read everything else after asking. */
export async function readLastSequence(database: StoreDatabase): Promise<number> {
  return database.transaction().execute(async (transaction) => {
    await sql`SELECT pg_advisory_xact_lock(${eventLock})`.execute(transaction)
    const { rows } = await sql<{ last: string | number | null }>`SELECT max(sequence) AS last FROM dopant.event`.execute(transaction)
    return Number(rows[0]?.last ?? 0)
  })
}

async function select(database: StoreDatabase, filter: EventFilter): Promise<readonly EventRecord[]> {
  const { calculationId, afterSequence } = filter
  const rows = await database
    .selectFrom('dopant.event')
    .selectAll()
    .$if(calculationId !== undefined, (query) => query.where('calculation_id', '=', calculationId ?? ''))
    .$if(afterSequence !== undefined, (query) => query.where('sequence', '>', String(afterSequence ?? 0)))
    .orderBy('sequence')
    .execute()
  return rows.map(eventRecord)
}

function eventRecord(row: Selectable<Tables['dopant.event']>): EventRecord {
  const { actor, reason, attempt } = row
  const [from, to] = [row.from_state, row.to_state]
  // bigint comes as text from a server and as a number from the embedded engine.
  const sequence = Number(row.sequence)
  return {
    sequence,
    calculationId: row.calculation_id,
    from,
    to,
    at: row.at.toISOString(),
    actor,
    reason,
    attempt,
  }
}
