import { sql, type Selectable } from 'kysely'
import type { AttemptRecord } from '../../ports/attempt.ts'
import { groupBy } from './group-by.ts'
import type { StoreDatabase, Tables } from './tables.ts'

/** By calculation, oldest first. */
export async function readAttempts(
  database: StoreDatabase,
  calculationIds: readonly string[],
): Promise<ReadonlyMap<string, readonly AttemptRecord[]>> {
  const rows = await database
    .selectFrom('dopant.attempt')
    .selectAll()
    .where(sql<boolean>`calculation_id = ANY(${calculationIds}::text[])`)
    .orderBy('attempt')
    .execute()
  return groupBy(rows.map(attemptRecord), ({ calculationId }) => calculationId)
}

/** Of all calculations of a screen, in their order, oldest first. */
export async function readAttemptsOfScreen(
  database: StoreDatabase,
  screenName: string,
): Promise<readonly AttemptRecord[]> {
  const rows = await database
    .selectFrom('dopant.attempt')
    .innerJoin('dopant.calculation', 'dopant.calculation.id', 'dopant.attempt.calculation_id')
    .selectAll('dopant.attempt')
    .where('dopant.calculation.screen_name', '=', screenName)
    .orderBy('dopant.calculation.ordinal')
    .orderBy('dopant.attempt.attempt')
    .execute()
  return rows.map(attemptRecord)
}

/** Of all attempts that have ended. */
export async function coreHoursOfScreen(database: StoreDatabase, screenName: string): Promise<number> {
  const { rows } = await sql<{ hours: number | string | null }>`
    SELECT sum(a.core_hours) AS hours FROM dopant.attempt AS a
    JOIN dopant.calculation AS c ON c.id = a.calculation_id
    WHERE c.screen_name = ${screenName}`.execute(database)
  return Number(rows[0]?.hours ?? 0)
}

function attemptRecord(row: Selectable<Tables['dopant.attempt']>): AttemptRecord {
  return {
    calculationId: row.calculation_id,
    attempt: row.attempt,
    site: row.site,
    remoteFolder: row.remote_folder,
    nativeId: row.native_id,
    stagedAt: row.staged_at.toISOString(),
    startedAt: row.started_at?.toISOString() ?? null,
    endedAt: row.ended_at?.toISOString() ?? null,
    cores: row.cores,
    coreHours: row.core_hours,
    resources: row.resources as AttemptRecord['resources'],
    exitCode: row.exit_code,
    exitCause: row.exit_cause,
    corrections: row.corrections as AttemptRecord['corrections'],
    diagnoses: row.diagnoses as AttemptRecord['diagnoses'],
    decision: row.decision as AttemptRecord['decision'],
    inputSha256: row.input_sha256 as AttemptRecord['inputSha256'],
    outputs: row.outputs as AttemptRecord['outputs'],
    origin: row.origin as AttemptRecord['origin'],
    adopted: row.adopted as AttemptRecord['adopted'],
  }
}
