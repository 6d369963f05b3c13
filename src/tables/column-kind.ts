import { cellValue } from './cell-value.ts'
import type { Column, ResultTable } from './result-table.ts'

/** Does the column hold numbers only? Then it is aligned to the right. */
export function isNumeric(table: ResultTable, column: Column): boolean {
  const values = table.rows.map((row) => cellValue(column, row)).filter((value) => value !== null)
  return values.length > 0 && values.every((value) => typeof value === 'number')
}
