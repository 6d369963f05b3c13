import { cellText, notesWithReasons, oneLine } from './cell-value.ts'
import { isNumeric } from './column-kind.ts'
import { headerOf, type Column, type Exporter, type ResultTable } from './result-table.ts'

/** Aligned columns for a terminal: words to the left, numbers to the right, notes below. */
export const plainTextExporter: Exporter = { format: 'text', fileExtension: 'txt', render }

function render(table: ResultTable): string {
  const shown = table.columns.filter((column) => column.isDetail !== true && isUsed(table, column))
  const columns = shown.map((column) => {
    const cells = table.rows.map((row) => oneLine(cellText(column, row)) || '–')
    const header = headerOf(column)
    const width = Math.max(...[header, ...cells].map(textWidth))
    const align = isNumeric(table, column) ? alignRight : alignLeft
    return {
      header: align(header, width),
      rule: '─'.repeat(width),
      cells: cells.map((cell) => align(cell, width)),
    }
  })
  const body = table.rows.map((_, index) => columns.map(({ cells }) => cells[index] ?? '').join('  '))
  const lines = [
    table.title,
    '',
    columns.map(({ header }) => header).join('  '),
    columns.map(({ rule }) => rule).join('  '),
    ...body,
    ...notesOf(table, shown.length).flatMap((note, index) => [
      ...(index === 0 ? [''] : []),
      `  ${oneLine(note)}`,
    ]),
  ]
  return `${lines.map((line) => line.trimEnd()).join('\n')}\n`
}

/** A column without a single value or reason for its absence only takes up width. */
function isUsed(table: ResultTable, column: Column): boolean {
  return table.rows.length === 0 || table.rows.some((row) => (row[column.key] ?? null) !== null)
}

function notesOf(table: ResultTable, shownCount: number): readonly string[] {
  const hidden = table.columns.length - shownCount
  const more =
    hidden === 0
      ? []
      : [`${hidden} more ${hidden === 1 ? 'column' : 'columns'} in the files (csv, json, markdown).`]
  return [...notesWithReasons(table), ...more]
}

/** Code points; all that our tables print are one column wide, but combining marks are none. */
function textWidth(text: string): number {
  return Array.from(text.replaceAll(/\p{M}/gu, '')).length
}

function alignLeft(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - textWidth(text)))
}

function alignRight(text: string, width: number): string {
  return ' '.repeat(Math.max(0, width - textWidth(text))) + text
}
