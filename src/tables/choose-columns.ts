import { didYouMean } from '../base/did-you-mean.ts'
import { KnownError } from '../base/known-error.ts'
import type { Column, ResultTable, TableRow } from './result-table.ts'

export class UnknownColumnError extends KnownError {
  readonly code = 'TABLE_COLUMN_UNKNOWN'
  readonly remedy: string
  constructor(key: string, known: readonly string[]) {
    super(`None of these tables has a column '${key}'.`)
    const near = didYouMean(key, known)
    this.remedy = near === undefined ? `Use some of ${known.join(', ')}.` : `Did you mean '${near}'?`
  }
}

/**
 * The tables with these columns alone, in the order in which they are named; a table leaves out those that it does not have, and
 * one that has none of them is left out.
 *
 * What a reader must know of a row stays: flags where there are any, and the method where a row comes from the stand-in.
 *
 * @param keys of columns (`meanAngstrom`); empty for all
 * @throws UnknownColumnError for a key that no table has
 */
export function chooseColumns(tables: readonly ResultTable[], keys: readonly string[]): readonly ResultTable[] {
  if (keys.length === 0) return tables
  const known = [...new Set(tables.flatMap(({ columns }) => columns.map(({ key }) => key)))]
  for (const key of keys) if (!known.includes(key)) throw new UnknownColumnError(key, known)
  const asked = tables.filter(({ columns }) => columns.some(({ key }) => keys.includes(key)))
  return asked.map((table) => {
    const wanted = [...new Set([...keys, ...table.columns.map(({ key }) => key).filter((key) => mustStay(key, table.rows))])]
    return { ...table, columns: wanted.flatMap((key) => table.columns.filter((column) => column.key === key).map(shown)) }
  })
}

function mustStay(key: string, rows: readonly TableRow[]): boolean {
  if (key === 'flags') return rows.some(({ flags }) => flags !== undefined && flags !== null && flags !== '')
  return key === 'method' && rows.some(({ method }) => method === 'rehearsal')
}

/** What was asked for is shown on a terminal too. */
function shown({ isDetail: _, ...column }: Column): Column {
  return column
}
