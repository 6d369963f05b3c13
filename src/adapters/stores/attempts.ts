import { sql, type RawBuilder, type Selectable } from 'kysely'
import type { AttemptChange, AttemptRecord } from '../../ports/attempt.ts'
import type { CalculationChange } from '../../ports/store.ts'
import { jsonText, plainText } from './plain-text.ts'
import type { StoreDatabase, Tables } from './tables.ts'

/** Oldest first. */
export async function readAttempts(
  database: StoreDatabase,
  calculationId: string,
): Promise<readonly AttemptRecord[]> {
  const rows = await database
    .selectFrom('dopant.attempt')
    .selectAll()
    .where('calculation_id', '=', calculationId)
    .orderBy('attempt')
    .execute()
  return rows.map(attemptRecord)
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

/** The attempt's row, written in the statement that moves the calculation; empty when the move says nothing about it. */
export function recordAttempt(change: CalculationChange): RawBuilder<unknown> {
  const { record = {} } = change
  const isAboutJob = change.attempt !== undefined || change.nativeId !== undefined || change.remoteFolder !== undefined
  const given = (Object.keys(columns) as (keyof AttemptChange)[]).filter((key) => record[key] !== undefined)
  if (!isAboutJob && given.length === 0) return sql``
  const value = (key: keyof AttemptChange): RawBuilder<unknown> =>
    sql`${columnValue(record[key])}::${sql.raw(columns[key].type)}`
  const written = given.filter((key) => key !== 'corrections' && key !== 'diagnoses')
  const names = written.map((key) => sql`, ${sql.ref(columns[key].name)}`)
  const updates = given.map((key) => sql`, ${sql.ref(columns[key].name)} = ${value(key)}`)
  return sql`
    recorded AS (
      INSERT INTO dopant.attempt AS known
        (calculation_id, attempt, site, remote_folder, native_id, staged_at, corrections, diagnoses${sql.join(names, sql``)})
      SELECT id, attempt, site, remote_folder, native_id, updated_at,
             ${jsonText(record.corrections ?? [])}::json, ${jsonText(record.diagnoses ?? [])}::json${sql.join(written.map((key) => sql`, ${value(key)}`), sql``)}
      FROM moved WHERE attempt > 0
      ON CONFLICT (calculation_id, attempt) DO UPDATE
      SET site = excluded.site,
          remote_folder = coalesce(excluded.remote_folder, known.remote_folder),
          native_id = coalesce(excluded.native_id, known.native_id)${sql.join(updates, sql``)}
    ),`
}

const columns = {
  startedAt: { name: 'started_at', type: 'timestamptz' },
  endedAt: { name: 'ended_at', type: 'timestamptz' },
  cores: { name: 'cores', type: 'integer' },
  coreHours: { name: 'core_hours', type: 'double precision' },
  resources: { name: 'resources', type: 'json' },
  exitCode: { name: 'exit_code', type: 'integer' },
  exitCause: { name: 'exit_cause', type: 'text' },
  corrections: { name: 'corrections', type: 'json' },
  diagnoses: { name: 'diagnoses', type: 'json' },
  decision: { name: 'decision', type: 'json' },
  inputSha256: { name: 'input_sha256', type: 'json' },
  outputs: { name: 'outputs', type: 'json' },
  origin: { name: 'origin', type: 'json' },
  adopted: { name: 'adopted', type: 'json' },
} as const satisfies Record<keyof AttemptChange, { readonly name: string; readonly type: string }>

function columnValue(value: unknown): unknown {
  if (value === null || typeof value === 'number') return value
  return typeof value === 'string' ? plainText(value) : jsonText(value)
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
