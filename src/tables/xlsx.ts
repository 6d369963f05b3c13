import type { SheetData, CellObject } from 'write-excel-file/universal'
import { cellText, cellValue, notesWithReasons } from './cell-value.ts'
import { isNumeric } from './column-kind.ts'
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
    ...withMethods.map((table) => ({ sheet: sheetName(table.name), data: sheetOf(table), columns: widths(table), ...page, stickyColumnsCount: 1 })),
    { sheet: 'columns', data: meanings(tables), columns: [14, 28, 24, 10, 70].map((width) => ({ width })), ...page },
  ]
  const blob = (await writeWorkbook(sheets, { fontFamily: 'Calibri', fontSize: 11 }).toBlob()) as { arrayBuffer(): Promise<ArrayBuffer> }
  return new Uint8Array(await blob.arrayBuffer())
}

const page = { stickyRowsCount: 1, orientation: 'landscape' } as const

/** Below the rows stand title and notes, each over as many columns as make a readable line. */
function sheetOf(table: ResultTable): SheetData {
  const line = lineOf(table)
  return [
    table.columns.map((column) => ({ ...heading(headerOf(column)), ...(isNumeric(table, column) ? { align: 'right' } : offset) })),
    ...table.rows.map((row) => table.columns.map((column) => cell(column, row))),
    [],
    [{ ...note(table.title, line), fontWeight: 'bold' }],
    ...notesWithReasons(table).map((text): CellObject[] => [note(text, line)]),
  ]
}

function cell(column: Column, row: TableRow): CellObject | null {
  const value = cellValue(column, row)
  if (value === null) return null
  if (typeof value === 'string') return { ...words(value), ...offset }
  return { value, type: Number, alignVertical: 'top', ...(column.digits === undefined ? {} : { format: numberFormat(column.digits) }) }
}

/** Longer texts are refused by spreadsheet programs. */
const longestCell = 32_767

/** Words keep clear of the number in the column before, which ends where they begin. */
const offset = { align: 'left', indent: 1 } as const

/** Wraps in its column where it is longer than the widest one. */
function words(text: string): CellObject {
  return { value: text.slice(0, longestCell), type: String, alignVertical: 'top', ...(text.length > widestColumn - 2 ? { wrap: true } : {}) }
}

/** In letters of the standard font, as spreadsheet programs count. */
const widestColumn = 48
const widestNote = 140
const linePt = 15

interface NoteLine {
  readonly columns: number
  readonly letters: number
}

function lineOf(table: ResultTable): NoteLine {
  const line = { columns: 0, letters: 0 }
  for (const { width } of widths(table)) {
    if (line.columns > 0 && line.letters + width > widestNote) break
    line.columns += 1
    line.letters += width
  }
  return line
}

/** A merged cell never grows by itself, so that its row is given the height of its lines. */
function note(text: string, { columns, letters }: NoteLine): CellObject {
  const lines = Math.ceil(text.length / (0.9 * letters))
  return { ...words(text), wrap: true, height: lines * linePt, ...(columns > 1 ? { columnSpan: columns } : {}) }
}

function heading(text: string): CellObject {
  return { value: text, type: String, fontWeight: 'bold', bottomBorderStyle: 'thin', alignVertical: 'bottom' }
}

function numberFormat(digits: number): string {
  return digits === 0 ? '0' : `0.${'0'.repeat(digits)}`
}

function widths(table: ResultTable): { width: number }[] {
  return table.columns.map((column) => {
    const longest = Math.max(headerOf(column).length, ...table.rows.map((row) => cellText(column, row).length))
    return { width: Math.min(widestColumn, Math.max(8, longest + 3)) }
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
