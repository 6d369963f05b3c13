import { cellText, missingValues } from './cell-value.ts'
import { headerOf, type Exporter, type ResultTable } from './result-table.ts'

/**
 * Comma-separated values: one heading line with units, CRLF, quotes where needed, UTF-8.
 *
 * CSV has no place for notes, so a table with gaps gets a last column that says why they are there.
 *
 * @source RFC 4180
 */
export const csvExporter: Exporter = { format: 'csv', fileExtension: 'csv', render }

function render(table: ResultTable): string {
  const reasons = reasonsByRow(table)
  const extra = reasons.size > 0
  const header = [...table.columns.map(headerOf), ...(extra ? ['Missing values'] : [])]
  const rows = table.rows.map((row, index) => [
    ...table.columns.map((column) => cellText(column, row)),
    ...(extra ? [reasons.get(index) ?? ''] : []),
  ])
  return [header, ...rows].map((cells) => `${cells.map(field).join(',')}\r\n`).join('')
}

/** Columns that lack a value for one and the same reason are named together. */
function reasonsByRow(table: ResultTable): ReadonlyMap<number, string> {
  const byRow = new Map<number, Map<string, string[]>>()
  for (const { row, column, why } of missingValues(table)) {
    const reasons = byRow.get(row) ?? new Map<string, string[]>()
    reasons.set(why, [...(reasons.get(why) ?? []), column])
    byRow.set(row, reasons)
  }
  return new Map([...byRow].map(([row, reasons]) => [row, [...reasons].map(([why, columns]) => `${columns.join(', ')}: ${why}`).join('; ')]))
}

function field(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
