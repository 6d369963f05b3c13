import { sql } from 'kysely'
import { CalculationUnknownError } from '../../ports/store-errors.ts'
import { eventLock } from './calculations.ts'
import { plainText } from './plain-text.ts'
import type { StoreDatabase } from './tables.ts'

/** An event that moves nothing: the state stays, and so does the revision. */
export async function remark(
  database: StoreDatabase,
  calculationId: string,
  why: { readonly actor: string; readonly reason: string },
): Promise<void> {
  const { rows } = await sql<{ calculation_id: string }>`
    WITH turn AS MATERIALIZED (SELECT pg_advisory_xact_lock_shared(${eventLock}))
    INSERT INTO dopant.event (calculation_id, from_state, to_state, at, actor, reason, attempt)
    SELECT c.id, c.state, c.state, clock_timestamp(), ${plainText(why.actor)}::text, ${plainText(why.reason)}::text, c.attempt
    FROM dopant.calculation AS c, turn WHERE c.id = ${calculationId}
    RETURNING calculation_id`.execute(database)
  if (rows.length === 0) throw new CalculationUnknownError(calculationId)
}
