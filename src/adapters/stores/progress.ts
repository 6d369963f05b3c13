import type { ProgressRecord } from '../../ports/attempt.ts'
import { jsonText } from './plain-text.ts'
import type { StoreDatabase } from './tables.ts'

/** The last one alone is kept; it is no event. */
export async function saveProgress(
  database: StoreDatabase,
  calculationId: string,
  attempt: number,
  progress: unknown,
): Promise<void> {
  const content = { attempt, progress: jsonText(progress), at: new Date() }
  await database
    .insertInto('dopant.progress')
    .values({ calculation_id: calculationId, ...content })
    .onConflict((conflict) => conflict.column('calculation_id').doUpdateSet(content))
    .execute()
}

/** Of attempts that are the current ones of their calculations, in the order of the calculations. */
export async function readProgress(
  database: StoreDatabase,
  screenName: string | undefined,
): Promise<readonly ProgressRecord[]> {
  const rows = await database
    .selectFrom('dopant.progress')
    .innerJoin('dopant.calculation', (join) =>
      join
        .onRef('dopant.calculation.id', '=', 'dopant.progress.calculation_id')
        .onRef('dopant.calculation.attempt', '=', 'dopant.progress.attempt'),
    )
    .selectAll('dopant.progress')
    .$if(screenName !== undefined, (query) =>
      query.where('dopant.calculation.screen_name', '=', screenName ?? ''),
    )
    .orderBy('dopant.calculation.ordinal')
    .execute()
  return rows.map(({ calculation_id: calculationId, attempt, progress, at }) => ({
    calculationId,
    attempt,
    progress,
    at: at.toISOString(),
  }))
}
