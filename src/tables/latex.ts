import { cellText, cellValue, notesWithReasons } from './cell-value.ts'
import { isNumeric } from './column-kind.ts'
import { latexText, latexUnit } from './latex-text.ts'
import type { Column, Exporter, ResultTable } from './result-table.ts'

/**
 * A `table` for a supplement: rules of booktabs, numbers aligned at the point by siunitx.
 *
 * A table that is wider than a page becomes several, each of which begins with the first column. Columns without a single
 * value are left out.
 */
export const latexExporter: Exporter = { format: 'latex', fileExtension: 'tex', render }

const panelCharacters = 105
const longestWord = 34

function render(table: ResultTable): string {
  const panels = panelsOf(table)
  const floats = panels.map((columns, index) => {
    const count = panels.length > 1 ? ` (${index + 1} of ${panels.length})` : ''
    return float(table, columns, { index, count, hasNotes: index === panels.length - 1 })
  })
  return ['% Needs \\usepackage{booktabs} and \\usepackage{siunitx}.', ...floats, ''].join('\n')
}

interface PanelPlace {
  readonly index: number
  readonly count: string
  readonly hasNotes: boolean
}

function float(table: ResultTable, columns: readonly Column[], { index, count, hasNotes }: PanelPlace): string {
  const notes = hasNotes ? notesWithReasons(table).map((note) => `    ${latexText(note)}\\par`) : []
  const number = index === 0 ? '' : `-${index + 1}`
  return [
    '\\begin{table}[htbp]',
    '  \\centering\\footnotesize\\setlength{\\tabcolsep}{4pt}',
    `  \\caption{${latexText(table.title + count)}}`,
    `  \\label{tab:${table.name.replaceAll(/[^A-Za-z0-9-]/g, '-')}${number}}`,
    panel(table, columns),
    ...(notes.length === 0 ? [] : ['  \\par\\medskip', '  \\begin{minipage}{\\linewidth}\\scriptsize', ...notes, '  \\end{minipage}']),
    '\\end{table}',
  ].join('\n')
}

/** Columns in order, packed so that no panel is wider than a page. */
function panelsOf(table: ResultTable): readonly (readonly Column[])[] {
  const [first, ...others] = table.columns.filter((column, index) => index === 0 || isUsed(table, column))
  if (first === undefined) return []
  const panels: Column[][] = [[first]]
  let used = widthOf(table, first)
  for (const column of others) {
    const width = widthOf(table, column) + 2
    if (used + width > panelCharacters) {
      panels.push([first])
      used = widthOf(table, first)
    }
    panels.at(-1)?.push(column)
    used += width
  }
  return panels
}

function isUsed(table: ResultTable, column: Column): boolean {
  return table.rows.length === 0 || table.rows.some((row) => (row[column.key] ?? null) !== null)
}

function panel(table: ResultTable, columns: readonly Column[]): string {
  const lines = [
    `  \\begin{tabular}{@{}${columns.map((column) => columnType(table, column)).join(' ')}@{}}`,
    '    \\toprule',
    `    ${columns.map(heading).join(' & ')} \\\\`,
    '    \\midrule',
    ...table.rows.map((row) => `    ${columns.map((column) => cell(table, column, row)).join(' & ')} \\\\`),
    '    \\bottomrule',
    '  \\end{tabular}',
  ]
  return lines.join('\n')
}

/** Braces keep siunitx from reading the words as a number. */
function heading({ label, unit }: Column): string {
  return `{${latexText(label)}${unit === undefined ? '' : ` (${latexUnit(unit)})`}}`
}

function cell(table: ResultTable, column: Column, row: ResultTable['rows'][number]): string {
  const text = cellText(column, row)
  if (isNumeric(table, column)) return text === '' ? '{--}' : text
  return text === '' ? '--' : latexText(text)
}

function columnType(table: ResultTable, column: Column): string {
  if (!isNumeric(table, column)) return longest(table, column) > longestWord ? 'p{48mm}' : 'l'
  const texts = table.rows.map((row) => cellText(column, row))
  const before = Math.max(1, ...texts.map((text) => text.replace('-', '').split('.')[0]?.length ?? 0))
  const after = Math.max(0, ...texts.map((text) => text.split('.')[1]?.length ?? 0))
  const sign = table.rows.some((row) => Number(cellValue(column, row)) < 0) ? '-' : ''
  return `S[table-format=${sign}${before}.${after}]`
}

function widthOf(table: ResultTable, column: Column): number {
  const header = column.label.length + (column.unit === undefined ? 0 : column.unit.length + 3)
  return Math.max(header, Math.min(longestWord, longest(table, column)))
}

function longest(table: ResultTable, column: Column): number {
  return Math.max(0, ...table.rows.map((row) => cellText(column, row).length))
}
