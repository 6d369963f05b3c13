import { cellText, notesWithReasons } from './cell-value.ts'
import { isNumeric } from './column-kind.ts'
import { formulaParts } from './formula-text.ts'
import { headerOf, isMissing, type Column, type ResultTable, type TableRow } from './result-table.ts'

/** Safe as content and inside quoted attributes. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
}

/** The table as a `<figure>`: caption, columns with their meaning as tooltip, notes below. No style of its own. */
export function htmlTable(table: ResultTable): string {
  const rows = table.rows.map((row) => `<tr>${table.columns.map((column) => cell(table, column, row)).join('')}</tr>`)
  const notes = notesWithReasons(table).map((note) => `<li>${escapeHtml(note)}</li>`)
  return [
    `<figure class="table" id="table-${escapeHtml(table.name)}">`,
    `<figcaption>${escapeHtml(table.title)}</figcaption>`,
    '<div class="scroll"><table>',
    `<thead><tr>${table.columns.map((column) => header(table, column)).join('')}</tr></thead>`,
    `<tbody>\n${rows.join('\n')}\n</tbody>`,
    '</table></div>',
    ...(notes.length === 0 ? [] : [`<ul class="notes">${notes.join('')}</ul>`]),
    '</figure>',
  ].join('\n')
}

function header(table: ResultTable, column: Column): string {
  return `<th scope="col" title="${escapeHtml(column.description)}"${numeric(table, column)}>${escapeHtml(headerOf(column))}</th>`
}

function cell(table: ResultTable, column: Column, row: TableRow): string {
  const value = row[column.key] ?? null
  const text = cellText(column, row)
  const why = isMissing(value) ? ` title="${escapeHtml(value.missing)}"` : ''
  const kind = text.length > longText ? ' class="long"' : numeric(table, column)
  // A hyphen before a number looks like a dash between two.
  const shown = typeof value === 'number' ? text.replace(/^-/, '−') : text
  return `<td${kind}${why}>${shown === '' ? '–' : cellHtml(column, shown)}</td>`
}

/** Every piece is escaped by itself: a name that only looks like a formula stays text. */
function cellHtml({ isFormula }: Column, text: string): string {
  if (isFormula !== true) return escapeHtml(text)
  return formulaParts(text).map((part) => (part.isCount ? `<sub>${escapeHtml(part.text)}</sub>` : escapeHtml(part.text))).join('')
}

/** From here on a cell may break its line. */
const longText = 36

function numeric(table: ResultTable, column: Column): string {
  return isNumeric(table, column) ? ' class="number"' : ''
}
