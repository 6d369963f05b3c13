import { sql, type Selectable } from 'kysely'
import type { ResultRecord } from '../../ports/store.ts'
import { jsonText } from './plain-text.ts'
import type { StoreDatabase, Tables } from './tables.ts'

export interface GivenResult {
  readonly calculationId: string
  readonly attempt: number
  readonly result: unknown
}

/** Of those with the same calculation and attempt the last one is kept. */
export async function saveResults(database: StoreDatabase, given: readonly GivenResult[]): Promise<void> {
  const created_at = new Date()
  const rows = new Map(
    given.map(({ calculationId, attempt, result }) => [
      `${calculationId} ${attempt}`,
      { calculation_id: calculationId, attempt, result: jsonText(result), created_at },
    ]),
  )
  await database
    .insertInto('dopant.result')
    .values([...rows.values()])
    .onConflict((conflict) =>
      conflict.columns(['calculation_id', 'attempt']).doUpdateSet(({ ref }) => ({
        result: ref('excluded.result'),
        created_at: ref('excluded.created_at'),
      })),
    )
    .execute()
}

/** By calculation, of the last attempt that has one. */
export async function readLastResults(
  database: StoreDatabase,
  calculationIds: readonly string[],
): Promise<ReadonlyMap<string, ResultRecord>> {
  const rows = await database
    .selectFrom('dopant.result')
    .selectAll()
    .distinctOn('calculation_id')
    .where(sql<boolean>`calculation_id = ANY(${calculationIds}::text[])`)
    .orderBy('calculation_id')
    .orderBy('attempt', 'desc')
    .execute()
  return new Map(rows.map((row) => [row.calculation_id, resultRecord(row)]))
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
