import { sql, type Selectable } from 'kysely'
import type { JobNotice, SiteTraffic, SiteWatch, TrafficCounts } from '../../ports/site-watch.ts'
import { plainText } from './plain-text.ts'
import type { StoreDatabase, Tables } from './tables.ts'

const columns = {
  connections: 'connections',
  statusCalls: 'status_calls',
  accountingCalls: 'accounting_calls',
  otherCommands: 'other_commands',
  filesSent: 'files_sent',
  bytesSent: 'bytes_sent',
  filesReceived: 'files_received',
  bytesReceived: 'bytes_received',
} as const satisfies Record<keyof TrafficCounts, string>

const countNames = Object.keys(columns) as readonly (keyof TrafficCounts)[]

/** Adds to what the hours have already. */
export async function addTraffic(database: StoreDatabase, hours: readonly SiteTraffic[]): Promise<void> {
  if (hours.length === 0) return
  const rows = hours.map(
    (each) => sql`(${each.site}, ${each.hour}::timestamptz, ${sql.join(countNames.map((name) => each[name]))})`,
  )
  const sums = countNames.map((name) => {
    const column = sql.ref(columns[name])
    return sql`${column} = known.${column} + excluded.${column}`
  })
  await sql`
    INSERT INTO dopant.site_traffic AS known (site, hour, ${sql.join(countNames.map((name) => sql.ref(columns[name])))})
    VALUES ${sql.join(rows)}
    ON CONFLICT (site, hour) DO UPDATE SET ${sql.join(sums)}`.execute(database)
}

/** Oldest hour first. */
export async function readTraffic(database: StoreDatabase, since?: string): Promise<readonly SiteTraffic[]> {
  const rows = await database
    .selectFrom('dopant.site_traffic')
    .selectAll()
    .$if(since !== undefined, (query) => query.where('hour', '>=', new Date(since ?? 0)))
    .orderBy('hour')
    .orderBy('site')
    .execute()
  return rows.map((row) => {
    const counts = Object.fromEntries(countNames.map((name) => [name, Number(row[columns[name]])]))
    return { ...(counts as unknown as TrafficCounts), site: row.site, hour: row.hour.toISOString() }
  })
}

export async function saveSiteWatch(database: StoreDatabase, watch: SiteWatch): Promise<void> {
  const content = {
    seen_at: new Date(watch.seenAt),
    other_jobs: watch.otherJobs,
    full_reason: watch.fullReason === null ? null : plainText(watch.fullReason),
    full_since: watch.fullSince === null ? null : new Date(watch.fullSince),
    full_jobs: watch.fullJobs,
  }
  await database
    .insertInto('dopant.site_watch')
    .values({ site: watch.site, ...content })
    .onConflict((conflict) => conflict.column('site').doUpdateSet(content))
    .execute()
}

export async function readSiteWatches(database: StoreDatabase): Promise<readonly SiteWatch[]> {
  const rows = await database.selectFrom('dopant.site_watch').selectAll().orderBy('site').execute()
  return rows.map(siteWatch)
}

function siteWatch(row: Selectable<Tables['dopant.site_watch']>): SiteWatch {
  return {
    site: row.site,
    seenAt: row.seen_at.toISOString(),
    otherJobs: row.other_jobs,
    fullReason: row.full_reason,
    fullSince: row.full_since?.toISOString() ?? null,
    fullJobs: row.full_jobs,
  }
}

/** Writes those that are given and forgets those that are named; the rest stays. */
export async function saveJobNotices(
  database: StoreDatabase,
  notices: readonly JobNotice[],
  forgotten: readonly string[],
): Promise<void> {
  if (forgotten.length > 0) {
    await sql`DELETE FROM dopant.job_notice WHERE calculation_id = ANY(${forgotten}::text[])`.execute(database)
  }
  if (notices.length === 0) return
  const rows = notices.map(
    ({ calculationId, reason, neverRuns }) =>
      sql`(${calculationId}, ${plainText(reason)}, ${neverRuns === null ? null : plainText(neverRuns)})`,
  )
  await sql`
    INSERT INTO dopant.job_notice (calculation_id, reason, never_runs) VALUES ${sql.join(rows)}
    ON CONFLICT (calculation_id) DO UPDATE SET reason = excluded.reason, never_runs = excluded.never_runs`.execute(database)
}

/** Of jobs that still wait. */
export async function readJobNotices(database: StoreDatabase): Promise<readonly JobNotice[]> {
  const rows = await database
    .selectFrom('dopant.job_notice')
    .innerJoin('dopant.calculation', 'dopant.calculation.id', 'dopant.job_notice.calculation_id')
    .select(['dopant.job_notice.calculation_id', 'dopant.job_notice.reason', 'dopant.job_notice.never_runs'])
    .where('dopant.calculation.state', 'in', ['queued', 'cancelling'])
    .orderBy('dopant.calculation.ordinal')
    .execute()
  return rows.map((row) => ({ calculationId: row.calculation_id, reason: row.reason, neverRuns: row.never_runs }))
}
