import { cellValue, missingValues } from './cell-value.ts'
import type { Exporter, ResultTable } from './result-table.ts'

/** The table as data: columns with units, rows of plain values, and beside them every gap with its reason. */
export const jsonExporter: Exporter = {
  format: 'json',
  fileExtension: 'json',
  render: (table) => `${JSON.stringify(tableData(table), null, 2)}\n`,
}

export interface TableData extends Omit<ResultTable, 'rows'> {
  readonly rows: readonly Readonly<Record<string, number | string | null>>[]
  readonly missing: readonly { readonly row: number; readonly column: string; readonly why: string }[]
}

/** What the JSON format holds, for those who embed it. */
export function tableData(table: ResultTable): TableData {
  const { name, title, columns, notes } = table
  const rows = table.rows.map((row) =>
    Object.fromEntries(columns.map((column) => [column.key, cellValue(column, row)])),
  )
  return { name, title, columns, rows, notes, missing: missingValues(table) }
}
