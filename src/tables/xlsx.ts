import type { SheetData, CellObject } from 'write-excel-file/universal'
import { cellText, cellValue, notesWithReasons } from './cell-value.ts'
import type { FileExporter } from './file-exporter.ts'
import { headerOf, type Column, type ResultTable, type TableRow } from './result-table.ts'

/**
 * A workbook: one sheet a table with its notes below, the methods, and what every column means.
 *
 * Numbers are numbers, rounded as in every other format, shown with the column's decimals; what is missing is an empty cell.
 *
 * @source ECMA-376, Office Open XML
 */
export const xlsxExporter: FileExporter = { format: 'xlsx', fileExtension: 'xlsx', scope: 'all', render }

async function render(tables: readonly ResultTable[], methods?: ResultTable): Promise<Uint8Array> {
  const { default: writeWorkbook } = await import('write-excel-file/universal')
  const withMethods = [...tables, ...(methods === undefined ? [] : [methods])]
  const sheets = [
    ...withMethods.map((table) => ({ sheet: sheetName(table.name), data: sheetOf(table), columns: widths(table), stickyRowsCount: 1 })),
    { sheet: 'columns', data: meanings(tables), columns: [14, 28, 24, 10, 70].map((width) => ({ width })), stickyRowsCount: 1 },
  ]
  const blob = (await writeWorkbook(sheets, { fontFamily: 'Calibri', fontSize: 11 }).toBlob()) as { arrayBuffer(): Promise<ArrayBuffer> }
  return new Uint8Array(await blob.arrayBuffer())
}

function sheetOf(table: ResultTable): SheetData {
  return [
    table.columns.map((column) => heading(headerOf(column))),
    ...table.rows.map((row) => table.columns.map((column) => cell(column, row))),
    [],
    [{ value: table.title, type: String, fontWeight: 'bold' }],
    ...notesWithReasons(table).map((note): CellObject[] => [words(note)]),
  ]
}

function cell(column: Column, row: TableRow): CellObject | null {
  const value = cellValue(column, row)
  if (value === null) return null
  if (typeof value === 'string') return words(value)
  return { value, type: Number, ...(column.digits === undefined ? {} : { format: numberFormat(column.digits) }) }
}

/** Longer texts are refused by spreadsheet programs. */
const longestCell = 32_767

function words(text: string): CellObject {
  return { value: text.slice(0, longestCell), type: String }
}

function heading(text: string): CellObject {
  return { value: text, type: String, fontWeight: 'bold', bottomBorderStyle: 'thin' }
}

function numberFormat(digits: number): string {
  return digits === 0 ? '0' : `0.${'0'.repeat(digits)}`
}

function widths(table: ResultTable): { width: number }[] {
  return table.columns.map((column) => {
    const longest = Math.max(headerOf(column).length, ...table.rows.map((row) => cellText(column, row).length))
    return { width: Math.min(48, Math.max(8, longest + 2)) }
  })
}

function meanings(tables: readonly ResultTable[]): SheetData {
  return [
    ['Sheet', 'Key', 'Column', 'Unit', 'Meaning'].map(heading),
    ...tables.flatMap((table) =>
      table.columns.map((column): CellObject[] =>
        [sheetName(table.name), column.key, column.label, column.unit ?? '', column.description].map(words),
      ),
    ),
  ]
}

/** At most 31 letters, none of the seven that references use. */
function sheetName(name: string): string {
  return name.replaceAll(/[\\/?*[\]:]/g, '-').slice(0, 31)
}
