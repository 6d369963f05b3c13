import { sql } from 'kysely'
import type { ScreenGrowth, ScreenRevision } from '../../ports/screen-growth.ts'
import { StaleRevisionError } from '../../ports/store-errors.ts'
import type { CalculationState } from '../../workflow/calculation-state.ts'
import { addWithin, eventLock } from './calculations.ts'
import { jsonText, plainText } from './plain-text.ts'
import { saveScreen } from './screens.ts'
import type { StoreDatabase } from './tables.ts'

/** One transaction for all that a new text of a screen changes. */
export async function growScreen(database: StoreDatabase, growth: ScreenGrowth): Promise<void> {
  await database.transaction().execute(async (transaction) => {
    await sql`SELECT pg_advisory_xact_lock_shared(${eventLock})`.execute(transaction)
    await saveScreen(transaction, growth.screen)
    for (const each of growth.obsolete) await makeObsolete(transaction, each)
    for (const { id, revision } of growth.revived) await revive(transaction, id, revision)
    for (const { calculation, plan } of growth.replaced) {
      const assignments = sql`plan = ${jsonText(plan)}::json, depends_on = ${jsonText(plan.dependsOn)}::json, state = 'planned', failure = NULL`
      await change(transaction, calculation, assignments, 'replaced by a newer text of the screen before it started')
    }
    await addAndPlace(transaction, growth)
    await keepRevision(transaction, growth)
  })
}

type Known = ScreenGrowth['revived'][number]
type Assignments = ReturnType<typeof sql>

/** One row with its event. @throws StaleRevisionError */
async function change(database: StoreDatabase, { id, revision }: Known, assignments: Assignments, reason: string): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    WITH before AS MATERIALIZED (
      SELECT id, state FROM dopant.calculation WHERE id = ${id} AND revision = ${revision} FOR UPDATE
    ),
    moved AS (
      UPDATE dopant.calculation AS c
      SET revision = c.revision + 1, updated_at = clock_timestamp(), ${assignments}
      FROM before WHERE c.id = before.id
      RETURNING c.id, before.state AS from_state, c.state, c.updated_at, c.attempt
    ),
    logged AS (
      INSERT INTO dopant.event (calculation_id, from_state, to_state, at, actor, reason, attempt)
      SELECT id, from_state, state, updated_at, 'plan', ${plainText(reason)}::text, attempt FROM moved
    )
    SELECT id FROM moved`.execute(database)
  if (rows.length === 0) throw new StaleRevisionError(id, revision)
}

async function makeObsolete(database: StoreDatabase, known: ScreenGrowth['obsolete'][number]): Promise<void> {
  const state = sql`CASE WHEN c.state = ANY(${resting}::text[]) THEN 'cancelled' ELSE c.state END`
  const assignments = sql`obsolete_since = clock_timestamp(), state = ${state}`
  await change(database, known, assignments, `obsolete: ${known.reason}`)
}

/** Nothing of these is on a site. */
const resting: readonly CalculationState[] = ['planned', 'ready', 'staged', 'paused', 'blocked']

async function revive(database: StoreDatabase, id: string, revision: number): Promise<void> {
  await change(database, { id, revision }, sql`obsolete_since = NULL`, 'the screen asks for it again')
}

/** What has not started follows the screen's choice of sites; what has started stays where it is. */
async function addAndPlace(database: StoreDatabase, growth: ScreenGrowth): Promise<void> {
  const { screen, site, sites, priority, added } = growth
  const ids = await addWithin(database, screen.name, site, added)
  if (priority !== 0 && ids.length > 0) {
    await sql`UPDATE dopant.calculation SET priority = ${priority} WHERE id = ANY(${ids}::text[])`.execute(database)
  }
  const allowed = sites.length > 0 ? sites : [site]
  await sql`
    UPDATE dopant.calculation
    SET sites = ${jsonText(sites)}::json, site = CASE WHEN site = ANY(${allowed}::text[]) THEN site ELSE ${site} END
    WHERE screen_name = ${screen.name} AND attempt = 0 AND obsolete_since IS NULL
      AND (sites::text <> ${jsonText(sites)} OR NOT site = ANY(${allowed}::text[]))`.execute(database)
}

async function keepRevision(database: StoreDatabase, growth: ScreenGrowth): Promise<void> {
  const { screen, calculationIds } = growth
  const last = (await readScreenRevisions(database, screen.name)).at(-1)
  const isSame = last?.text === plainText(screen.text) && jsonText(last.calculationIds) === jsonText(calculationIds)
  if (isSame) return
  await database
    .insertInto('dopant.screen_revision')
    .values({
      screen_name: screen.name,
      revision: (last?.revision ?? 0) + 1,
      text: plainText(screen.text),
      candidates: jsonText(screen.candidates),
      calculation_ids: jsonText(calculationIds),
      at: new Date(),
    })
    .execute()
}

/** Oldest first. */
export async function readScreenRevisions(database: StoreDatabase, screenName: string): Promise<readonly ScreenRevision[]> {
  const rows = await database.selectFrom('dopant.screen_revision').selectAll().where('screen_name', '=', screenName).orderBy('revision').execute()
  return rows.map((row) => ({
    screenName: row.screen_name,
    revision: row.revision,
    text: row.text,
    candidates: row.candidates as ScreenRevision['candidates'],
    calculationIds: row.calculation_ids as readonly string[],
    at: row.at.toISOString(),
  }))
}
