import type { CalculationRecord, Store } from '../../ports/store.ts'
import type { ResultTable } from '../../tables/result-table.ts'
import type { CandidateResult } from '../../workflow/tables/candidate-result.ts'
import { memberMark } from '../../workflow/tables/common-columns.ts'
import { resultTable, resultTables } from '../../workflow/tables/result-tables.ts'
import { screenResults, tableSettingsOf } from './screen-results.ts'
import { seriesMarks } from './series-marks.ts'

/** What rows of a candidate say because it, or a member that its numbers are differences to, means something else by its energy. */
export interface SeriesFlag {
  /** As in the cell: `pristine: relax with ISYM = 0 after rhosyg, as 1 of 7 in the series: energies do not compare`. */
  readonly says: string
  /** The other member; null when it is the candidate itself. */
  readonly of: string | null
  /** Names of the tables whose rows say so. */
  readonly tables: readonly string[]
}

/** Read from the rows themselves, so that no page can say otherwise than the tables. */
export function seriesFlags(tables: readonly ResultTable[], candidates: readonly CandidateResult[], candidateId: string): readonly SeriesFlag[] {
  const marks = candidates.flatMap(({ candidateId: id, seriesMarks: own = [] }) =>
    own.map((mark) => (id === candidateId ? { says: mark, of: null } : { says: memberMark(id, mark), of: id })),
  )
  return marks
    .map((mark) => ({ ...mark, tables: tables.filter((table) => hasRowThatSays(table, candidateId, mark.says)).map(({ name }) => name) }))
    .filter(({ tables: named }) => named.length > 0)
    .toSorted((one, other) => Number(one.of !== null) - Number(other.of !== null))
}

function hasRowThatSays({ rows }: ResultTable, candidateId: string, words: string): boolean {
  return rows.some(({ candidate, flags }) => candidate === candidateId && typeof flags === 'string' && `; ${flags}; `.includes(`; ${words}; `))
}

/**
 * The same from the store, for one calculation. Tables are made only where the series has a mark at all, which is rare.
 *
 * @param methodOf  as for `screenResults`
 */
export async function seriesFlagsOf(
  store: Store,
  { screenName, candidateId }: Pick<CalculationRecord, 'screenName' | 'candidateId'>,
  methodOf: (site: string) => CandidateResult['method'],
): Promise<readonly SeriesFlag[]> {
  if ((await seriesMarks(store, screenName)).size === 0) return []
  const candidates = await screenResults(store, screenName, methodOf)
  const settings = await tableSettingsOf(store, screenName)
  return seriesFlags(Object.keys(resultTables).map((name) => resultTable(name, candidates, settings)), candidates, candidateId)
}

/** `…: energies do not compare (tables formation, delithiation)`. */
export function seriesFlagWords({ says, tables }: SeriesFlag): string {
  return `${says} (${tables.length === 1 ? 'table' : 'tables'} ${tables.join(', ')})`
}
