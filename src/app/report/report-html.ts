import type { Templates } from '../../ports/templates.ts'
import { csvExporter } from '../../tables/csv.ts'
import type { Figure } from '../../tables/figures/figure.ts'
import { escapeHtml, htmlTable } from '../../tables/html-text.ts'
import type { ResultTable } from '../../tables/result-table.ts'
import type { MethodsText } from './methods-text.ts'
import type { ViewerScene } from './viewer-scenes.ts'

/** Everything that a report shows, as data. */
export interface ReportContent {
  readonly screenName: string
  readonly title: string
  /** Short facts below the title. */
  readonly facts: readonly string[]
  readonly isRehearsal: boolean
  readonly caveats: readonly string[]
  readonly figures: readonly Figure[]
  readonly scenes: readonly ViewerScene[]
  readonly tables: readonly ResultTable[]
  readonly methods: MethodsText
  readonly corrections: readonly string[]
  /** Of calculations that did not succeed at once. */
  readonly attempts: ResultTable
  readonly provenance: ResultTable
}

export const rehearsalBanner =
  'Rehearsal: every number is from a bond-valence stand-in, none from DFT. Nothing here is a result.'

const sections = [
  ['caveats', 'Read this first'],
  ['figures', 'Figures'],
  ['structures', 'Structures'],
  ['tables', 'Tables'],
  ['methods', 'Methods'],
  ['corrections', 'Corrections'],
  ['provenance', 'Provenance'],
] as const

/** One HTML file that needs nothing else: no request leaves it, and its policy would stop one. */
export function reportHtml(content: ReportContent, templates: Templates): Promise<string> {
  const { screenName, title, facts, isRehearsal, methods } = content
  return templates.render('report/report.html.hbs', {
    screenName: escapeHtml(screenName),
    title: escapeHtml(title),
    facts: facts.map(escapeHtml),
    rehearsal: isRehearsal ? rehearsalBanner : undefined,
    sections: sections.map(([id, name]) => ({ id, title: name })),
    caveats: content.caveats.map(escapeHtml),
    figures: content.figures.map(figureValues),
    // A table that this screen has no rows for would be a heading above nothing.
    tables: content.tables.filter(({ rows }) => rows.length > 0).map(tableValues),
    sceneNames: content.scenes.map(({ name }) => escapeHtml(name)),
    scenes: scriptSafe(JSON.stringify(content.scenes)),
    methods: methods.paragraphs.map(escapeHtml),
    references: methods.references.map(escapeHtml),
    corrections: content.corrections.map(escapeHtml),
    attempts: content.attempts.rows.length === 0 ? undefined : htmlTable(usedColumns(content.attempts)),
    provenance: htmlTable(content.provenance),
  })
}

function figureValues(figure: Figure) {
  const { name, title, caption } = figure
  return { id: name, title: escapeHtml(title), caption: escapeHtml(caption), light: figure.svg('light'), dark: figure.svg('dark') }
}

function tableValues(table: ResultTable) {
  const main = table.columns.filter((column) => column.isDetail !== true && isUsed(table, column.key))
  const csv = Buffer.from(String(csvExporter.render(table)), 'utf8').toString('base64')
  const full = htmlTable({ ...table, name: `${table.name}-all`, notes: [] })
  return { id: table.name, fileName: escapeHtml(table.name), main: htmlTable({ ...table, columns: main }), full, csv }
}

function usedColumns(table: ResultTable): ResultTable {
  return { ...table, columns: table.columns.filter(({ key }) => isUsed(table, key)) }
}

function isUsed(table: ResultTable, key: string): boolean {
  return table.rows.some((row) => (row[key] ?? null) !== null)
}

/** JSON that cannot end its script element. */
function scriptSafe(json: string): string {
  return json.replaceAll('<', '\\u003c')
}
