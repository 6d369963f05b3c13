import { sql } from 'kysely'
import type { CalculationSummary } from '../../ports/store.ts'
import { StaleRevisionError } from '../../ports/store-errors.ts'
import { finalStates } from '../../workflow/calculation-state.ts'
import { calculationSummary, eventLock, summaryColumns } from './calculations.ts'
import { plainText } from './plain-text.ts'
import type { StoreDatabase } from './tables.ts'

/** No event: it changes when something starts, and nothing about it. */
export async function setPriority(database: StoreDatabase, ids: readonly string[], priority: number): Promise<number> {
  const { rows } = await sql<{ id: string }>`
    UPDATE dopant.calculation SET priority = ${priority}
    WHERE id = ANY(${ids}::text[]) AND NOT state = ANY(${finalStates}::text[])
    RETURNING id`.execute(database)
  return rows.length
}

/** @throws StaleRevisionError when it is not ready any more, or has changed */
export async function moveToSite(
  database: StoreDatabase,
  { id, revision }: Pick<CalculationSummary, 'id' | 'revision'>,
  site: string,
  reason: string,
): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    WITH turn AS MATERIALIZED (SELECT pg_advisory_xact_lock_shared(${eventLock})),
    moved AS (
      UPDATE dopant.calculation AS c
      SET site = ${site}, revision = c.revision + 1, updated_at = clock_timestamp()
      FROM turn WHERE c.id = ${id} AND c.revision = ${revision} AND c.state = 'ready'
      RETURNING c.id, c.updated_at, c.attempt
    ),
    logged AS (
      INSERT INTO dopant.event (calculation_id, from_state, to_state, at, actor, reason, attempt)
      SELECT id, 'ready', 'ready', updated_at, 'choose-site', ${plainText(reason)}::text, attempt FROM moved
    )
    SELECT id FROM moved`.execute(database)
  if (rows.length === 0) throw new StaleRevisionError(id, revision)
}

/** The oldest for each. Those that were reused themselves are passed over: a row names the calculation that ran. */
export async function readFinishedWith(
  database: StoreDatabase,
  contentKeys: readonly string[],
): Promise<ReadonlyMap<string, CalculationSummary>> {
  const rows = await database
    .selectFrom('dopant.calculation')
    .select([...summaryColumns])
    .distinctOn('content_key')
    .where(sql<boolean>`content_key = ANY(${contentKeys}::text[])`)
    .where('state', '=', 'done')
    .where('reused_from', 'is', null)
    .orderBy('content_key')
    .orderBy('ordinal')
    .execute()
  return new Map(rows.map((row) => [row.content_key ?? '', calculationSummary(row)]))
}
