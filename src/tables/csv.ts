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

function reasonsByRow(table: ResultTable): ReadonlyMap<number, string> {
  const reasons = new Map<number, string[]>()
  for (const { row, column, why } of missingValues(table)) {
    reasons.set(row, [...(reasons.get(row) ?? []), `${column}: ${why}`])
  }
  return new Map([...reasons].map(([row, list]) => [row, list.join('; ')]))
}

function field(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
