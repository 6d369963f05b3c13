import { sql, type RawBuilder, type Selectable } from 'kysely'
import type { CalculationFilter, CalculationRecord, CalculationSummary } from '../../ports/store.ts'
import { finalStates, type CalculationState } from '../../workflow/calculation-state.ts'
import type { PlannedCalculation } from '../../workflow/planned-calculation.ts'
import { jsonText } from './plain-text.ts'
import type { StoreDatabase, Tables } from './tables.ts'

/** One statement carries so many plans: some megabytes of structures. */
const plansPerStatement = 200

/** All or none; those that are there already are left as they are. */
export async function addCalculations(
  database: StoreDatabase,
  screenName: string,
  site: string,
  plans: readonly PlannedCalculation[],
): Promise<readonly string[]> {
  return database.transaction().execute((transaction) => addWithin(transaction, screenName, site, plans))
}

/** The same within a transaction of the caller. */
export async function addWithin(
  transaction: StoreDatabase,
  screenName: string,
  site: string,
  plans: readonly PlannedCalculation[],
): Promise<readonly string[]> {
  const added: string[] = []
  for (let start = 0; start < plans.length; start += plansPerStatement) {
    added.push(...(await addSome(transaction, screenName, site, plans.slice(start, start + plansPerStatement))))
  }
  return added
}

async function addSome(
  database: StoreDatabase,
  screenName: string,
  site: string,
  plans: readonly PlannedCalculation[],
): Promise<readonly string[]> {
  const rowsToAdd = plans.map(
    (plan, place) =>
      sql`(${plan.id}::text, ${plan.candidateId}::text, ${plan.step}::text, ${jsonText(plan.dependsOn)}::json, ${jsonText(plan)}::json, ${place}::int)`,
  )
  const { rows } = await sql<{ id: string }>`
    WITH turn AS MATERIALIZED (SELECT pg_advisory_xact_lock_shared(${eventLock})),
    given (id, candidate_id, step, depends_on, plan, place) AS (VALUES ${sql.join(rowsToAdd)}),
    added AS (
      INSERT INTO dopant.calculation
        (id, screen_name, candidate_id, step, depends_on, site, plan, state, revision, attempt, updated_at)
      SELECT id, ${screenName}::text, candidate_id, step, depends_on, ${site}::text, plan, 'planned', 1, 0, clock_timestamp()
      FROM turn, given ORDER BY place
      ON CONFLICT (id) DO NOTHING
      RETURNING id, ordinal, updated_at
    ),
    logged AS (
      INSERT INTO dopant.event (calculation_id, from_state, to_state, at, actor, reason, attempt)
      SELECT id, NULL, 'planned', updated_at, 'plan', 'added to screen ' || ${screenName}::text, 0
      FROM added ORDER BY ordinal
    )
    SELECT id FROM added ORDER BY ordinal`.execute(database)
  return rows.map(({ id }) => id)
}

/**
 * Writers of events share this lock and readers of «everything after number n» take it alone for a moment: a number is
 * given before its transaction ends, so that without it a reader could pass over an event for good.
 */
export const eventLock = 72_118_004

export async function readById(database: StoreDatabase, ids: readonly string[]): Promise<ReadonlyMap<string, CalculationRecord>> {
  const found = await readCalculations(database, { ids, withObsolete: true })
  return new Map(found.map((each) => [each.id, each]))
}

/** In the order in which they were added. */
export async function readCalculations(
  database: StoreDatabase,
  filter: CalculationFilter,
): Promise<readonly CalculationRecord[]> {
  const rows = await matching(database, filter)
    .select(['plan', ...summaryColumns])
    .execute()
  return rows.map(calculationRecord)
}

/** The same without the plans, which are nearly all of what is read. */
export async function readSummaries(
  database: StoreDatabase,
  filter: CalculationFilter,
): Promise<readonly CalculationSummary[]> {
  const rows = await matching(database, filter).select(summaryColumns).execute()
  return rows.map(calculationSummary)
}

export async function countCalculations(database: StoreDatabase, filter: CalculationFilter): Promise<number> {
  const row = await restricted(database, filter).select(sql<string | number>`count(*)`.as('count')).executeTakeFirstOrThrow()
  return Number(row.count)
}

function matching(database: StoreDatabase, filter: CalculationFilter) {
  const { limit, byPriority = false } = filter
  return restricted(database, filter)
    .$if(byPriority, (query) => query.orderBy('priority', 'desc'))
    .orderBy('ordinal')
    .$if(limit !== undefined, (query) => query.limit(limit ?? 0))
}

function restricted(database: StoreDatabase, filter: CalculationFilter) {
  const { screenName, site, states, ids, dependingOn, canAdvance, reusedFrom, afterId, withObsolete = false } = filter
  return database
    .selectFrom('dopant.calculation')
    .$if(screenName !== undefined, (query) => query.where('screen_name', '=', screenName ?? ''))
    .$if(site !== undefined, (query) => query.where('site', '=', site ?? ''))
    .$if(states !== undefined, (query) => query.where(isOneOf(states ?? [])))
    .$if(ids !== undefined, (query) => query.where(sql<boolean>`id = ANY(${ids ?? []}::text[])`))
    .$if(dependingOn !== undefined, (query) => query.where(waitsForOneOf(dependingOn ?? [])))
    .$if(canAdvance === true, (query) => query.where(whatCanAdvance))
    .$if(reusedFrom !== undefined, (query) => query.where(sql<boolean>`reused_from = ANY(${reusedFrom ?? []}::text[])`))
    .$if(afterId !== undefined, (query) =>
      query.where(sql<boolean>`ordinal > (SELECT ordinal FROM dopant.calculation WHERE id = ${afterId ?? ''})`),
    )
    .$if(!withObsolete && !isUnderWay(states), (query) =>
      query.where(sql<boolean>`NOT (obsolete_since IS NOT NULL AND state = ANY(${finalStates}::text[]))`),
    )
}

/** A single state is compared plainly, so that an index gives the rows in their order. */
function isOneOf(states: readonly CalculationState[]) {
  return states.length === 1 ? sql<boolean>`state = ${states[0]}` : sql<boolean>`state = ANY(${states}::text[])`
}

function waitsForOneOf(ids: readonly string[]) {
  return sql<boolean>`id IN (SELECT calculation_id FROM dopant.dependency WHERE waits_for = ANY(${ids}::text[]))`
}

/** One statement instead of reading everything that waits; what may be done about each is decided by who asks. */
const whatCanAdvance = sql<boolean>`(
  state = 'blocked' AND NOT ${waitsForSome(sql`u.state IN ('failed', 'cancelled', 'blocked')`)}
  OR state = 'planned' AND (${waitsForSome(sql`u.state IN ('failed', 'cancelled', 'blocked')`)} OR NOT ${waitsForSome(sql`u.state <> 'done'`)}))`

/** What is obsolete and at rest is waited for by nobody. */
function waitsForSome(which: RawBuilder<unknown>): RawBuilder<boolean> {
  return sql<boolean>`EXISTS (SELECT FROM dopant.dependency AS d JOIN dopant.calculation AS u ON u.id = d.waits_for
    WHERE d.calculation_id = dopant.calculation.id AND ${which}
      AND NOT (u.obsolete_since IS NOT NULL AND u.state = ANY(${finalStates}::text[])))`
}

function isUnderWay(states: readonly CalculationState[] | undefined): boolean {
  return states !== undefined && !states.some((state) => finalStates.includes(state))
}

export const summaryColumns = [
  'id',
  'screen_name',
  'candidate_id',
  'step',
  'depends_on',
  'site',
  'state',
  'revision',
  'attempt',
  'token',
  'native_id',
  'remote_folder',
  'failure',
  'updated_at',
  'obsolete_since',
  'priority',
  'sites',
  'content_key',
  'reused_from',
] as const

export type SummaryRow = Pick<Selectable<Tables['dopant.calculation']>, (typeof summaryColumns)[number]>

function calculationRecord(row: SummaryRow & { readonly plan: unknown }): CalculationRecord {
  return { ...calculationSummary(row), plan: row.plan as PlannedCalculation }
}

export function calculationSummary(row: SummaryRow): CalculationSummary {
  return {
    id: row.id,
    screenName: row.screen_name,
    candidateId: row.candidate_id,
    step: row.step,
    dependsOn: row.depends_on as readonly string[],
    site: row.site,
    state: row.state,
    revision: row.revision,
    attempt: row.attempt,
    token: row.token,
    nativeId: row.native_id,
    remoteFolder: row.remote_folder,
    failure: row.failure as CalculationRecord['failure'],
    updatedAt: row.updated_at.toISOString(),
    obsoleteSince: row.obsolete_since?.toISOString() ?? null,
    priority: row.priority,
    sites: row.sites as readonly string[],
    contentKey: row.content_key,
    reusedFrom: row.reused_from,
  }
}
