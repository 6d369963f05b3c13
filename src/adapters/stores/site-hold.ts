import type { SiteHold } from '../../ports/site-watch.ts'
import { plainText } from './plain-text.ts'
import type { StoreDatabase } from './tables.ts'

/** The last one of a site counts. */
export async function saveSiteHold(database: StoreDatabase, { site, setting, reason, settings, since }: SiteHold): Promise<void> {
  const content = { setting, reason: plainText(reason), settings, since: new Date(since) }
  await database
    .insertInto('dopant.site_hold')
    .values({ site, ...content })
    .onConflict((conflict) => conflict.column('site').doUpdateSet(content))
    .execute()
}

export async function readSiteHolds(database: StoreDatabase): Promise<readonly SiteHold[]> {
  const rows = await database.selectFrom('dopant.site_hold').selectAll().orderBy('site').execute()
  return rows.map(({ since, ...row }) => ({ ...row, since: since.toISOString() }))
}

export async function releaseSite(database: StoreDatabase, site: string): Promise<void> {
  await database.deleteFrom('dopant.site_hold').where('site', '=', site).execute()
}
