import { sql, type Selectable } from 'kysely'
import type { CalculationFilter, CalculationRecord } from '../../ports/store.ts'
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
  const added: string[] = []
  await database.transaction().execute(async (transaction) => {
    for (let start = 0; start < plans.length; start += plansPerStatement) {
      added.push(...(await addSome(transaction, screenName, site, plans.slice(start, start + plansPerStatement))))
    }
  })
  return added
}

async function addSome(
  database: StoreDatabase,
  screenName: string,
  site: string,
  plans: readonly PlannedCalculation[],
): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    WITH turn AS MATERIALIZED (SELECT pg_advisory_xact_lock_shared(${eventLock})),
    given AS (
      SELECT plan, place FROM turn, json_array_elements(${jsonText(plans)}::json) WITH ORDINALITY AS each (plan, place)
    ),
    added AS (
      INSERT INTO dopant.calculation
        (id, screen_name, candidate_id, step, depends_on, site, plan, state, revision, attempt, updated_at)
      SELECT plan->>'id', ${screenName}::text, plan->>'candidateId', plan->>'step', plan->'dependsOn', ${site}::text, plan,
             'planned', 1, 0, clock_timestamp()
      FROM given ORDER BY place
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

export async function readCalculation(database: StoreDatabase, id: string): Promise<CalculationRecord | undefined> {
  const row = await database.selectFrom('dopant.calculation').selectAll().where('id', '=', id).executeTakeFirst()
  return row === undefined ? undefined : calculationRecord(row)
}

/** In the order in which they were added. */
export async function readCalculations(
  database: StoreDatabase,
  filter: CalculationFilter,
): Promise<readonly CalculationRecord[]> {
  const { screenName, site, states } = filter
  if (states?.length === 0) return []
  const rows = await database
    .selectFrom('dopant.calculation')
    .selectAll()
    .$if(screenName !== undefined, (query) => query.where('screen_name', '=', screenName ?? ''))
    .$if(site !== undefined, (query) => query.where('site', '=', site ?? ''))
    .$if(states !== undefined, (query) => query.where('state', 'in', states ?? []))
    .orderBy('ordinal')
    .execute()
  return rows.map(calculationRecord)
}

export type CalculationRow = Selectable<Tables['dopant.calculation']>

export function calculationRecord(row: CalculationRow): CalculationRecord {
  return {
    id: row.id,
    screenName: row.screen_name,
    candidateId: row.candidate_id,
    step: row.step,
    dependsOn: row.depends_on as readonly string[],
    site: row.site,
    plan: row.plan as PlannedCalculation,
    state: row.state,
    revision: row.revision,
    attempt: row.attempt,
    token: row.token,
    nativeId: row.native_id,
    remoteFolder: row.remote_folder,
    failure: row.failure as CalculationRecord['failure'],
    updatedAt: row.updated_at.toISOString(),
  }
}
