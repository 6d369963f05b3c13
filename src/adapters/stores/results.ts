import type { Selectable } from 'kysely'
import type { ResultRecord } from '../../ports/store.ts'
import { jsonText } from './plain-text.ts'
import type { StoreDatabase, Tables } from './tables.ts'

export async function saveResult(
  database: StoreDatabase,
  calculationId: string,
  attempt: number,
  result: unknown,
): Promise<void> {
  const content = { result: jsonText(result), created_at: new Date() }
  await database
    .insertInto('dopant.result')
    .values({ calculation_id: calculationId, attempt, ...content })
    .onConflict((conflict) => conflict.columns(['calculation_id', 'attempt']).doUpdateSet(content))
    .execute()
}

/** Of the last attempt that has one. */
export async function readResult(
  database: StoreDatabase,
  calculationId: string,
): Promise<ResultRecord | undefined> {
  const row = await database
    .selectFrom('dopant.result')
    .selectAll()
    .where('calculation_id', '=', calculationId)
    .orderBy('attempt', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row === undefined ? undefined : resultRecord(row)
}

/** One for each calculation that has any, its last attempt's, in the order of the calculations. */
export async function readResults(
  database: StoreDatabase,
  screenName: string,
): Promise<readonly ResultRecord[]> {
  const rows = await database
    .selectFrom('dopant.result')
    .innerJoin('dopant.calculation', 'dopant.calculation.id', 'dopant.result.calculation_id')
    .selectAll('dopant.result')
    .distinctOn('dopant.calculation.ordinal')
    .where('dopant.calculation.screen_name', '=', screenName)
    .orderBy('dopant.calculation.ordinal')
    .orderBy('dopant.result.attempt', 'desc')
    .execute()
  return rows.map(resultRecord)
}

function resultRecord(row: Selectable<Tables['dopant.result']>): ResultRecord {
  const { attempt, result } = row
  return { calculationId: row.calculation_id, attempt, result, createdAt: row.created_at.toISOString() }
}
