import { sql } from 'kysely'
import type { SeriesCorrection } from '../../ports/attempt.ts'
import type { Correction } from '../../recovery/correction.ts'
import { groupBy } from './group-by.ts'
import { jsonText } from './plain-text.ts'
import type { StoreDatabase } from './tables.ts'

/** Accepting the same one twice keeps the first. */
export async function acceptCorrection(
  database: StoreDatabase,
  { screenName, step, name, correction }: Omit<SeriesCorrection, 'acceptedAt'>,
): Promise<void> {
  await database
    .insertInto('dopant.series_correction')
    .values({ screen_name: screenName, step, name, correction: jsonText(correction), accepted_at: new Date() })
    .onConflict((conflict) => conflict.columns(['screen_name', 'step', 'name']).doNothing())
    .execute()
}

/** By screen, in the order in which they were accepted. */
export async function readSeriesCorrections(
  database: StoreDatabase,
  screenNames: readonly string[],
): Promise<ReadonlyMap<string, readonly SeriesCorrection[]>> {
  const rows = await database
    .selectFrom('dopant.series_correction')
    .selectAll()
    .where(sql<boolean>`screen_name = ANY(${screenNames}::text[])`)
    .orderBy('accepted_at')
    .orderBy('name')
    .execute()
  const all = rows.map((row) => ({
    screenName: row.screen_name,
    step: row.step,
    name: row.name,
    correction: row.correction as Correction,
    acceptedAt: row.accepted_at.toISOString(),
  }))
  return groupBy(all, ({ screenName }) => screenName)
}
