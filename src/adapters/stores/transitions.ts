import { sql, type RawBuilder } from 'kysely'
import type { CalculationChange, CalculationRecord, CalculationSummary } from '../../ports/store.ts'
import { CalculationUnknownError, IllegalTransitionError, StaleRevisionError } from '../../ports/store-errors.ts'
import { calculationStates, canMove, type CalculationState } from '../../workflow/calculation-state.ts'
import { calculationSummary, eventLock, type SummaryRow } from './calculations.ts'
import type { Answer } from './gather.ts'
import { attemptColumns, calculationColumns, namedColumns } from './move-columns.ts'
import { jsonText } from './plain-text.ts'
import type { StoreDatabase } from './tables.ts'

export interface Move {
  readonly calculation: Pick<CalculationRecord, 'id' | 'revision'>
  readonly to: CalculationState
  readonly why: { readonly actor: string; readonly reason: string }
  readonly change: CalculationChange
}

/**
 * Many moves in one statement and so in one transaction: for each the new state, revision + 1, the event and what it says about the
 * attempt. Each is answered for itself; one that is refused keeps none of the others back.
 *
 * Rows are locked before they are compared, so that of two writers with the same revision exactly one wins; the lock of the events
 * comes before the rows', and the rows' in the order of their ids, so that no two writers wait for each other.
 */
export async function transitions(database: StoreDatabase, moves: readonly Move[]): Promise<readonly Answer<CalculationSummary>[]> {
  const named = namedColumns(calculationColumns, moves.map(({ change }) => change))
  const { rows } = await sql<SummaryRow & { readonly place: number }>`
    WITH turn AS MATERIALIZED (SELECT pg_advisory_xact_lock_shared(${eventLock})),
    given AS MATERIALIZED (SELECT * FROM json_to_recordset(${jsonText(moves.map(givenRow))}::json) AS g (${sql.raw(givenColumns(moves))})),
    before AS MATERIALIZED (
      SELECT c.state AS from_state, given.*
      FROM dopant.calculation AS c JOIN given ON given.known_id = c.id AND given.known_revision = c.revision, turn
      WHERE c.id = ANY(${moves.map(({ calculation }) => calculation.id)}::text[]) AND c.state = ANY(given.legal)
      ORDER BY c.id FOR UPDATE OF c
    ),
    moved AS (
      UPDATE dopant.calculation AS c
      SET state = before.to_state, revision = c.revision + 1, updated_at = clock_timestamp()${sql.raw(assignments('c', named))}
      FROM before WHERE c.id = before.known_id
      RETURNING c.id, c.screen_name, c.candidate_id, c.step, c.depends_on, c.site, c.state, c.revision, c.attempt, c.token,
                c.native_id, c.remote_folder, c.failure, c.updated_at, c.obsolete_since, c.priority, c.sites, c.content_key,
                c.reused_from, before.from_state, before.actor, before.reason, before.place, before.is_about_attempt
    ),${recordAttempts(moves)}
    logged AS (
      INSERT INTO dopant.event (calculation_id, from_state, to_state, at, actor, reason, attempt)
      SELECT id, from_state, state, updated_at, actor, reason, attempt FROM moved ORDER BY place
    )
    SELECT * FROM moved`.execute(database)
  const moved = new Map(rows.map((row) => [row.place, calculationSummary(row)]))
  const refused = moves.filter((_, place) => !moved.has(place))
  const found = refused.length === 0 ? new Map<string, Found>() : await readFound(database, refused)
  return moves.map((move, place) => {
    const answer = moved.get(place)
    return answer === undefined ? { refusal: refusalOf(move, found.get(move.calculation.id)) } : { answer }
  })
}

function givenRow({ calculation, to, why, change }: Move, place: number): object {
  const { record = {}, ...own } = change
  return {
    place,
    known_id: calculation.id,
    known_revision: calculation.revision,
    to_state: to,
    legal: calculationStates.filter((from) => canMove(from, to)),
    actor: why.actor,
    reason: why.reason,
    is_about_attempt: isAboutAttempt(change),
    named: [...keysOf(own), ...keysOf(record)],
    ...asColumns(own),
    ...asColumns(record),
  }
}

/** The names of a change's keys are those of no two columns: a calculation and its attempt have none in common. */
function asColumns(change: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(change).map(([key, value]) => [`given_${key}`.toLowerCase(), value]))
}

function keysOf(change: object): readonly string[] {
  return Object.entries(change).flatMap(([key, value]) => (value === undefined ? [] : [key]))
}

function isAboutAttempt({ attempt, nativeId, remoteFolder, record = {} }: CalculationChange): boolean {
  return attempt !== undefined || nativeId !== undefined || remoteFolder !== undefined || keysOf(record).length > 0
}

type Columns = ReturnType<typeof namedColumns>

function columnsOf(moves: readonly Move[]): { readonly own: Columns; readonly record: Columns } {
  const own = namedColumns(calculationColumns, moves.map(({ change }) => change))
  return { own, record: namedColumns(attemptColumns, moves.map(({ change }) => change.record ?? {})) }
}

function givenColumns(moves: readonly Move[]): string {
  const { own, record } = columnsOf(moves)
  const changing = [...own, ...record].map(({ key, type }) => `, given_${key.toLowerCase()} ${type}`)
  return `place integer, known_id text, known_revision integer, to_state text, legal text[], actor text, reason text,
    is_about_attempt boolean, named text[]${changing.join('')}`
}

/** What is not named stays; null is a value. */
function assignments(table: string, columns: Columns, given = 'before'): string {
  return columns
    .map(({ key, name }) => `, ${name} = CASE WHEN '${key}' = ANY(${given}.named) THEN ${given}.given_${key.toLowerCase()} ELSE ${table}.${name} END`)
    .join('')
}

/** The attempts' rows, written in the statement that moves the calculations; empty when no move says anything about one. */
function recordAttempts(moves: readonly Move[]): RawBuilder<unknown> {
  if (!moves.some(({ change }) => isAboutAttempt(change))) return sql``
  const { record } = columnsOf(moves)
  const names = record.map(({ name }) => `, ${name}`).join('')
  const values = record.map(({ key, otherwise = 'NULL' }) => `, coalesce(before.given_${key.toLowerCase()}, ${otherwise})`).join('')
  const [lists, empty] = ['corrections', 'diagnoses']
    .filter((name) => !record.some((each) => each.name === name))
    .reduce(([left, right], name) => [`${left}, ${name}`, `${right}, '[]'`], ['', ''])
  return sql.raw(`
    known_attempt AS (
      UPDATE dopant.attempt AS a
      SET site = moved.site, remote_folder = coalesce(moved.remote_folder, a.remote_folder),
          native_id = coalesce(moved.native_id, a.native_id)${assignments('a', record)}
      FROM moved JOIN before USING (place)
      WHERE moved.is_about_attempt AND a.calculation_id = moved.id AND a.attempt = moved.attempt
      RETURNING a.calculation_id
    ),
    new_attempt AS (
      INSERT INTO dopant.attempt (calculation_id, attempt, site, remote_folder, native_id, staged_at${lists}${names})
      SELECT moved.id, moved.attempt, moved.site, moved.remote_folder, moved.native_id, moved.updated_at${empty}${values}
      FROM moved JOIN before USING (place)
      WHERE moved.is_about_attempt AND moved.attempt > 0 AND NOT EXISTS (SELECT FROM known_attempt AS k WHERE k.calculation_id = moved.id)
    ),`)
}

type Found = Pick<SummaryRow, 'id' | 'state' | 'revision'>

async function readFound(database: StoreDatabase, moves: readonly Move[]): Promise<ReadonlyMap<string, Found>> {
  const rows = await database
    .selectFrom('dopant.calculation')
    .select(['id', 'state', 'revision'])
    .where(sql<boolean>`id = ANY(${moves.map(({ calculation }) => calculation.id)}::text[])`)
    .execute()
  return new Map(rows.map((row) => [row.id, row]))
}

function refusalOf({ calculation, to }: Move, found: Found | undefined): Error {
  if (found === undefined) return new CalculationUnknownError(calculation.id)
  if (found.revision !== calculation.revision) return new StaleRevisionError(calculation.id, calculation.revision)
  return new IllegalTransitionError(calculation.id, found.state, to)
}
