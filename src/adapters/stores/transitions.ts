import { sql, type RawBuilder } from 'kysely'
import type { CalculationChange, CalculationRecord } from '../../ports/store.ts'
import {
  CalculationUnknownError,
  IllegalTransitionError,
  StaleRevisionError,
} from '../../ports/store-errors.ts'
import { calculationStates, canMove, type CalculationState } from '../../workflow/calculation-state.ts'
import { recordAttempt } from './attempts.ts'
import { calculationSummary, eventLock, type SummaryRow } from './calculations.ts'
import { jsonText, plainText } from './plain-text.ts'
import type { StoreDatabase } from './tables.ts'

export interface Move {
  readonly calculation: Pick<CalculationRecord, 'id' | 'revision'> & Partial<Pick<CalculationRecord, 'plan'>>
  readonly to: CalculationState
  readonly why: { readonly actor: string; readonly reason: string }
  readonly change: CalculationChange
}

/**
 * New state, revision + 1, the event and what the move says about the attempt, in one statement and so in one transaction.
 *
 * The row is locked before it is compared, so that of two writers with the same revision exactly one wins; the lock of
 * the events comes before the row's, in every statement, so that no two writers wait for each other.
 */
export async function transition(database: StoreDatabase, move: Move): Promise<CalculationRecord> {
  const { calculation, to, why } = move
  const allowed = calculationStates.filter((from) => canMove(from, to))
  // A plan is large and never changes: it is read only for a caller who does not hold it.
  const plan = calculation.plan === undefined ? sql`, c.plan` : sql``
  const { rows } = await sql<SummaryRow & { readonly plan?: unknown }>`
    WITH turn AS MATERIALIZED (SELECT pg_advisory_xact_lock_shared(${eventLock})),
    before AS MATERIALIZED (
      SELECT c.id, c.state FROM dopant.calculation AS c, turn
      WHERE c.id = ${calculation.id} AND c.revision = ${calculation.revision}
        AND c.state IN (${sql.join(allowed.length > 0 ? allowed : [''])})
      FOR UPDATE OF c
    ),
    moved AS (
      UPDATE dopant.calculation AS c
      SET state = ${to}, revision = c.revision + 1, updated_at = clock_timestamp()${assignments(move.change)}
      FROM before WHERE c.id = before.id
      RETURNING c.id, c.screen_name, c.candidate_id, c.step, c.depends_on, c.site, c.state, c.revision, c.attempt, c.token,
                c.native_id, c.remote_folder, c.failure, c.updated_at, c.obsolete_since, c.priority, c.sites, c.content_key,
                c.reused_from${plan}, before.state AS from_state
    ),${recordAttempt(move.change)}
    logged AS (
      INSERT INTO dopant.event (calculation_id, from_state, to_state, at, actor, reason, attempt)
      SELECT id, from_state, state, updated_at, ${plainText(why.actor)}::text, ${plainText(why.reason)}::text, attempt FROM moved
    )
    SELECT * FROM moved`.execute(database)
  const row = rows[0]
  if (row === undefined) return refuse(database, move)
  return { ...calculationSummary(row), plan: calculation.plan ?? (row.plan as CalculationRecord['plan']) }
}

type CalculationColumn = Exclude<keyof CalculationChange, 'record'>

const columns = {
  attempt: 'attempt',
  token: 'token',
  nativeId: 'native_id',
  remoteFolder: 'remote_folder',
  failure: 'failure',
  contentKey: 'content_key',
  reusedFrom: 'reused_from',
} as const satisfies Record<CalculationColumn, string>

/** What is not named stays; null is a value. */
function assignments(change: CalculationChange): RawBuilder<unknown> {
  const parts = (Object.keys(columns) as CalculationColumn[])
    .filter((key) => change[key] !== undefined)
    .map((key) => sql`, ${sql.ref(columns[key])} = ${columnValue(change, key)}`)
  return parts.length === 0 ? sql`` : sql.join(parts, sql``)
}

function columnValue(change: CalculationChange, key: CalculationColumn): unknown {
  const value = change[key]
  if (value === null || typeof value === 'number') return value
  return typeof value === 'string' ? plainText(value) : jsonText(value)
}

async function refuse(database: StoreDatabase, { calculation, to }: Move): Promise<never> {
  const found = await database
    .selectFrom('dopant.calculation')
    .select(['state', 'revision'])
    .where('id', '=', calculation.id)
    .executeTakeFirst()
  if (found === undefined) throw new CalculationUnknownError(calculation.id)
  if (found.revision !== calculation.revision)
    throw new StaleRevisionError(calculation.id, calculation.revision)
  throw new IllegalTransitionError(calculation.id, found.state, to)
}
