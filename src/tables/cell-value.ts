import { isMissing, type Cell, type Column, type ResultTable, type TableRow } from './result-table.ts'

/** What every format shows of a cell: the number rounded to the column's digits, the words, or nothing. */
export function cellValue(column: Column, row: TableRow): number | string | null {
  const cell = row[column.key] ?? null
  if (isMissing(cell)) return null
  if (typeof cell !== 'number') return cell
  return Number.isFinite(cell) ? rounded(cell, column.digits) : null
}

/** The same as text, with trailing zeros where the column has digits; empty for nothing. */
export function cellText(column: Column, row: TableRow): string {
  const value = cellValue(column, row)
  if (value === null) return ''
  if (typeof value === 'string') return value
  return column.digits === undefined ? String(value) : value.toFixed(column.digits)
}

export interface MissingValue {
  /** 0-based. */
  readonly row: number
  readonly column: string
  readonly why: string
}

/** Every cell without a value that says why, in reading order. */
export function missingValues(table: ResultTable): readonly MissingValue[] {
  return table.rows.flatMap((row, index) =>
    table.columns.flatMap((column) => {
      const why = whyMissing(row[column.key] ?? null)
      return why === undefined ? [] : [{ row: index, column: column.key, why }]
    }),
  )
}

/** The table's notes, and one line for each reason that cells are empty. */
export function notesWithReasons(table: ResultTable): readonly string[] {
  const byReason = new Map<string, Map<number, string[]>>()
  for (const { row, column, why } of missingValues(table)) {
    const rows = byReason.get(why) ?? new Map<number, string[]>()
    const label = table.columns.find(({ key }) => key === column)?.label ?? column
    rows.set(row, [...(rows.get(row) ?? []), label])
    byReason.set(why, rows)
  }
  return [
    ...table.notes,
    ...[...byReason].map(([why, rows]) => `Empty, because ${why}: ${placesText(table, rows)}.`),
  ]
}

const mostLabels = 4

/**
 * Rows that lack the same columns are named together. A row that is empty throughout is named alone: a list of all its columns
 * would tell nothing more.
 */
function placesText(table: ResultTable, rows: ReadonlyMap<number, readonly string[]>): string {
  const byLabels = new Map<string, number[]>()
  for (const [row, labels] of rows) {
    const words = labels.length > mostLabels ? '' : ` (${labels.join(', ')})`
    byLabels.set(words, [...(byLabels.get(words) ?? []), row])
  }
  return [...byLabels].map(([words, members]) => `${rowNames(table, members)}${words}`).join('; ')
}

/** Names without repetition: a candidate may have several rows. */
function rowNames(table: ResultTable, rows: readonly number[]): string {
  if (rows.length === table.rows.length && rows.length > 3) return 'every row'
  return [...new Set(rows.map((row) => rowName(table, row)))].join(', ')
}

export function oneLine(text: string): string {
  return text.replaceAll(/\s*[\r\n]+\s*/g, ' ')
}

function whyMissing(cell: Cell): string | undefined {
  if (isMissing(cell)) return cell.missing
  return typeof cell === 'number' && !Number.isFinite(cell)
    ? 'the calculation gave no finite number'
    : undefined
}

/** A row is known by its first column. */
function rowName(table: ResultTable, index: number): string {
  const [first] = table.columns
  const row = table.rows[index]
  return first === undefined || row === undefined
    ? `row ${index + 1}`
    : cellText(first, row) || `row ${index + 1}`
}

function rounded(value: number, digits: number | undefined): number {
  const result = digits === undefined ? value : Number(value.toFixed(digits))
  return result === 0 ? 0 : result
}
