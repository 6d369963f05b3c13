import { cellValue, missingValues, notesWithReasons } from './cell-value.ts'
import { isNumeric } from './column-kind.ts'
import type { FileExporter } from './file-exporter.ts'
import type { Column, ResultTable } from './result-table.ts'

/**
 * Columns by their keys, doubles and texts, null where there is no value. Title, notes, columns with units and reasons of
 * gaps are in the file's own metadata under `dopant.*`, as JSON.
 *
 * @source https://parquet.apache.org/docs/file-format/
 */
export const parquetExporter: FileExporter = { format: 'parquet', fileExtension: 'parquet', scope: 'each', render }

async function render([table]: readonly ResultTable[]): Promise<Uint8Array> {
  if (table === undefined) return new Uint8Array()
  const { parquetWriteBuffer } = await import('hyparquet-writer')
  const columnData = table.columns.map((column) => ({ name: column.key, nullable: true, ...valuesOf(table, column) }))
  return new Uint8Array(parquetWriteBuffer({ columnData, kvMetadata: metadata(table), createdBy: 'dopant' }))
}

/** A column that mixes numbers and words is text throughout. */
function valuesOf(table: ResultTable, column: Column) {
  const values = table.rows.map((row) => cellValue(column, row))
  if (isNumeric(table, column)) return { type: 'DOUBLE' as const, data: values }
  return { type: 'STRING' as const, data: values.map((value) => (value === null ? null : String(value))) }
}

function metadata(table: ResultTable): { key: string; value: string }[] {
  const parts = { title: table.title, notes: notesWithReasons(table), columns: table.columns, missing: missingValues(table) }
  return Object.entries(parts).map(([key, value]) => ({ key: `dopant.${key}`, value: typeof value === 'string' ? value : JSON.stringify(value) }))
}
