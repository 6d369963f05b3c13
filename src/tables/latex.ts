import { cellText, cellValue, notesWithReasons } from './cell-value.ts'
import { isNumeric } from './column-kind.ts'
import { formulaParts } from './formula-text.ts'
import { latexText, latexUnit } from './latex-text.ts'
import { columnGapPt, headingLines, textWidthPt, widestCellPt, widthPt } from './latex-width.ts'
import type { Column, Exporter, ResultTable, TableRow } from './result-table.ts'

/**
 * A `table` for a supplement: rules of booktabs, numbers aligned at the point by siunitx.
 *
 * A table that is wider than the text of an article becomes several, each of which begins with the first column, and one
 * that is longer than a page is cut between rows. Columns without a single value are left out.
 */
export const latexExporter: Exporter = { format: 'latex', fileExtension: 'tex', render }

/** Lines that a page holds below heading and caption. */
const linesOfPage = 45

function render(table: ResultTable): string {
  const parts = panelsOf(table).flatMap((columns) => pagesOf(table, columns).map((rows) => ({ columns, rows })))
  const floats = parts.map(({ columns, rows }, index) => {
    const count = parts.length > 1 ? ` (${index + 1} of ${parts.length})` : ''
    return float(table, columns, { rows, index, count, hasNotes: index === parts.length - 1 })
  })
  return ['% Needs \\usepackage{booktabs} and \\usepackage{siunitx}.', ...floats, ''].join('\n')
}

/** The rows that stand on one page, and on the next. */
function pagesOf(table: ResultTable, columns: readonly Column[]): readonly (readonly TableRow[])[] {
  const pages: TableRow[][] = [[]]
  let used = 0
  for (const row of table.rows) {
    const lines = Math.max(1, ...columns.map((column) => Math.ceil(widthPt(cellText(column, row)) / (0.8 * widestCellPt))))
    if (used > 0 && used + lines > linesOfPage) {
      pages.push([])
      used = 0
    }
    pages.at(-1)?.push(row)
    used += lines
  }
  return pages
}

interface PanelPlace {
  readonly rows: readonly TableRow[]
  readonly index: number
  readonly count: string
  readonly hasNotes: boolean
}

function float(table: ResultTable, columns: readonly Column[], { rows, index, count, hasNotes }: PanelPlace): string {
  const notes = hasNotes ? notesWithReasons(table).map((note) => `    ${latexText(note)}\\par`) : []
  const number = index === 0 ? '' : `-${index + 1}`
  return [
    '\\begin{table}[htbp]',
    '  \\centering\\footnotesize\\setlength{\\tabcolsep}{4pt}',
    `  \\caption{${latexText(table.title + count)}}`,
    `  \\label{tab:${table.name.replaceAll(/[^A-Za-z0-9-]/g, '-')}${number}}`,
    panel(table, columns, rows),
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
    const width = widthOf(table, column) + columnGapPt
    if (used + width > textWidthPt && (panels.at(-1)?.length ?? 0) > 1) {
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

function panel(table: ResultTable, columns: readonly Column[], rows: readonly TableRow[]): string {
  const lines = [
    `  \\begin{tabular}{@{}${columns.map((column) => columnType(table, column)).join(' ')}@{}}`,
    '    \\toprule',
    `    ${columns.map((column) => heading(table, column)).join(' & ')} \\\\`,
    '    \\midrule',
    ...rows.map((row) => `    ${columns.map((column) => cell(table, column, row)).join(' & ')} \\\\`),
    '    \\bottomrule',
    '  \\end{tabular}',
  ]
  return lines.join('\n')
}

/** Braces keep siunitx from reading the words as a number; long words stand in lines of their own. */
function heading(table: ResultTable, column: Column): string {
  const lines = headingLines(column.label, cellsWidthPt(table, column)).map(latexText)
  const { unit } = column
  const unitText = unit === undefined ? '' : `(${latexUnit(unit)})`
  if (lines.length === 1) return `{${lines[0]}${unitText === '' ? '' : ` ${unitText}`}}`
  const side = isNumeric(table, column) ? 'c' : 'l'
  return `{\\shortstack[${side}]{${[...lines, ...(unitText === '' ? [] : [unitText])].join('\\\\')}}}`
}

function cell(table: ResultTable, column: Column, row: TableRow): string {
  const text = cellText(column, row)
  if (isNumeric(table, column)) return text === '' ? '{--}' : text
  return text === '' ? '--' : cellLatex(column, text)
}

function cellLatex({ isFormula }: Column, text: string): string {
  if (isFormula !== true) return latexText(text)
  return formulaParts(text).map((part) => (part.isCount ? `$_{${part.text}}$` : latexText(part.text))).join('')
}

function columnType(table: ResultTable, column: Column): string {
  if (!isNumeric(table, column)) return wraps(table, column) ? '>{\\raggedright\\arraybackslash}p{48mm}' : 'l'
  const texts = table.rows.map((row) => cellText(column, row).split('e'))
  const before = Math.max(1, ...texts.map(([digits = '']) => digits.replace('-', '').split('.')[0]?.length ?? 0))
  const after = Math.max(0, ...texts.map(([digits = '']) => digits.split('.')[1]?.length ?? 0))
  const sign = table.rows.some((row) => Number(cellValue(column, row)) < 0) ? '-' : ''
  const power = Math.max(0, ...texts.map(([, exponent = '']) => exponent.replace(/[+-]/, '').length))
  return `S[table-format=${sign}${before}.${after}${power === 0 ? '' : `e-${power}`}]`
}

function widthOf(table: ResultTable, column: Column): number {
  const cells = cellsWidthPt(table, column)
  const unit = column.unit === undefined ? 0 : widthPt(` (${column.unit})`)
  const lines = headingLines(column.label, cells)
  const header = lines.length === 1 ? widthPt(column.label) + unit : Math.max(unit, ...lines.map(widthPt))
  return Math.max(header, cells)
}

function cellsWidthPt(table: ResultTable, column: Column): number {
  return Math.min(widestCellPt, widestPt(table, column))
}

function wraps(table: ResultTable, column: Column): boolean {
  return !isNumeric(table, column) && widestPt(table, column) > widestCellPt
}

function widestPt(table: ResultTable, column: Column): number {
  return Math.max(0, ...table.rows.map((row) => widthPt(cellText(column, row))))
}
