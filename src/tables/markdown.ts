import { cellText, notesWithReasons, oneLine } from './cell-value.ts'
import { headerOf, type Exporter, type ResultTable } from './result-table.ts'
import { isNumeric } from './column-kind.ts'

/** A GitHub table with a heading above it and the notes as a list below. */
export const markdownExporter: Exporter = { format: 'markdown', fileExtension: 'md', render }

function render(table: ResultTable): string {
  const rows = table.rows.map((row) => table.columns.map((column) => escaped(cellText(column, row)) || '–'))
  const lines = [
    table.columns.map((column) => escaped(headerOf(column))),
    table.columns.map((column) => (isNumeric(table, column) ? '---:' : ':---')),
    ...rows,
  ].map((cells) => `| ${cells.join(' | ')} |`)
  const notes = notesWithReasons(table).map((note) => `- ${oneLine(note)}`)
  return [`## ${oneLine(table.title)}`, '', ...lines, ...(notes.length > 0 ? ['', ...notes] : []), ''].join(
    '\n',
  )
}

function escaped(text: string): string {
  return oneLine(text).replaceAll('\\', '\\\\').replaceAll('|', '\\|')
}
