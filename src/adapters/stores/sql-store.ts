import { Kysely, PostgresDialect } from 'kysely'
import type { Store } from '../../ports/store.ts'
import type { TenureOwner, Tenures } from '../../ports/tenures.ts'
import { coreHoursOfScreen, readAttemptsOfScreen } from './attempts.ts'
import { addCalculations, countCalculations, readCalculations, readSummaries } from './calculations.ts'
import type { Database } from './database.ts'
import { storeFailure } from './database-errors.ts'
import { readEvents, readLastSequence } from './events.ts'
import { gatheredStore } from './gathered-store.ts'
import { remark } from './remark.ts'
import { growScreen, readScreenRevisions } from './grow-screen.ts'
import { migrate } from './migrate.ts'
import { saveProgress } from './progress.ts'
import { readResults } from './results.ts'
import { readScreens, saveScreen, saveScreenOptions } from './screens.ts'
import { acceptCorrection } from './series-corrections.ts'
import { releaseSite, saveSiteHold } from './site-hold.ts'
import { addTraffic, readJobNotices, readTraffic, saveJobNotices, saveSiteWatch } from './site-watch.ts'
import { storeBackup, type StoreBackup } from './store-backup.ts'
import type { StoreDatabase, Tables } from './tables.ts'
import { sqlTenures } from './tenures.ts'
import { readMark, saveMark } from './trouble.ts'
import { moveToSite, setPriority } from './urgency.ts'

export interface SqlStore {
  readonly store: Store
  /** The store's own name, 32 hexadecimal digits; it goes with every copy of the database. */
  readonly identity: string
  readonly backup: StoreBackup
  /** What the store remembers of the sites, for one of its copies. */
  tenuresOf(owner: TenureOwner): Tenures
}

/**
 * The store in PostgreSQL's dialect, after bringing its tables up to date. Closing it leaves the database open.
 *
 * @throws StoreNewerError, StoreUnreachableError
 */
export async function openSqlStore(database: Database): Promise<SqlStore> {
  const tables = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: database.pool }) })
  await known(migrate(tables))
  const row = await known(
    tables.selectFrom('dopant.meta').select('value').where('key', '=', 'identity').executeTakeFirstOrThrow(),
  )
  return { store: sqlStore(tables), identity: row.value, backup: storeBackup(tables), tenuresOf: (owner) => sqlTenures(tables, owner) }
}

function sqlStore(tables: StoreDatabase): Store {
  return {
    ...gatheredStore(tables),
    saveScreen: (screen) => known(saveScreen(tables, screen)),
    screens: () => known(readScreens(tables)),
    addCalculations: (screenName, site, plans) => known(addCalculations(tables, screenName, site, plans)),
    calculations: (filter = {}) => known(readCalculations(tables, filter)),
    summaries: (filter = {}) => known(readSummaries(tables, filter)),
    count: (filter = {}) => known(countCalculations(tables, filter)),
    results: (screenName) => known(readResults(tables, screenName)),
    events: (filter = {}) => known(readEvents(tables, filter)),
    remark: (id, why) => known(remark(tables, id, why)),
    lastSequence: () => known(readLastSequence(tables)),
    attemptsOfScreen: (screenName) => known(readAttemptsOfScreen(tables, screenName)),
    coreHoursOfScreen: (screenName) => known(coreHoursOfScreen(tables, screenName)),
    saveProgress: (id, attempt, progress) => known(saveProgress(tables, id, attempt, progress)),
    acceptCorrection: (accepted) => known(acceptCorrection(tables, accepted)),
    addTraffic: (hours) => known(addTraffic(tables, hours)),
    traffic: (since) => known(readTraffic(tables, since)),
    saveSiteWatch: (watch) => known(saveSiteWatch(tables, watch)),
    saveSiteHold: (hold) => known(saveSiteHold(tables, hold)),
    releaseSite: (site) => known(releaseSite(tables, site)),
    saveJobNotices: (notices, forgotten) => known(saveJobNotices(tables, notices, forgotten)),
    jobNotices: () => known(readJobNotices(tables)),
    growScreen: (growth) => known(growScreen(tables, growth)),
    screenRevisions: (screenName) => known(readScreenRevisions(tables, screenName)),
    saveScreenOptions: (screenName, options) => known(saveScreenOptions(tables, screenName, options)),
    setPriority: (ids, priority) => known(setPriority(tables, ids, priority)),
    moveToSite: (calculation, site, reason) => known(moveToSite(tables, calculation, site, reason)),
    mark: (name) => known(readMark(tables, name)),
    saveMark: (name, value) => known(saveMark(tables, name, value)),
    close: async () => {},
  }
}

async function known<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    throw storeFailure(error)
  }
}
