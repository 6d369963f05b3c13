import type { Context, Hono } from 'hono'
import { reportContent } from '../../../app/report/report-content.ts'
import { reportHtml } from '../../../app/report/report-html.ts'
import { exporterFor, fileExporterFor, formatNames } from '../../../tables/exporters.ts'
import type { ResultTable } from '../../../tables/result-table.ts'
import { UnknownTableError } from '../../../workflow/tables/result-tables.ts'
import type { ResultsAnswer } from '../../api-types.ts'
import type { DashboardParts } from '../dashboard-parts.ts'
import type { ScreenTables, TablesOf } from '../screen-tables.ts'

/** Tables and figures of a screen, and every format that they are exported in. */
export function addResults(app: Hono, parts: DashboardParts, tablesOf: TablesOf): void {
  app.get('/api/results', async (context) => {
    const screen = context.req.query('screen') ?? ''
    const { title, isRehearsal, tables, methods, figures } = await tablesOf(screen)
    const answer: ResultsAnswer = {
      screen,
      title,
      isRehearsal,
      tables: [...tables, methods].filter(({ rows }) => rows.length > 0),
      figures: figures.map((figure) => ({ name: figure.name, title: figure.title, caption: figure.caption })),
      formats: formatNames.filter((format) => format !== 'text'),
    }
    return context.json(answer)
  })

  app.get('/api/figure', async (context) => {
    const { figures } = await tablesOf(context.req.query('screen') ?? '')
    const figure = figures.find(({ name }) => name === context.req.query('name'))
    if (figure === undefined) return context.notFound()
    const svg = figure.svg(context.req.query('theme') === 'dark' ? 'dark' : 'light')
    return context.body(svg, 200, { 'Content-Type': 'image/svg+xml', ...(context.req.query('save') === undefined ? {} : attachment(`${figure.name}.svg`)) })
  })

  app.get('/api/export', async (context) => {
    const made = await tablesOf(context.req.query('screen') ?? '')
    return exported(context, made, context.req.query('table') ?? '', context.req.query('format') ?? '')
  })

  app.get('/api/report', async (context) => {
    const screen = context.req.query('screen') ?? ''
    const methodOf = (site: string) => parts.sites.get(site)?.site.method ?? 'dft'
    const content = await reportContent(screen, { store: parts.store, files: parts.files, methodOf, projectFolder: parts.projectFolder, now: parts.clock.now() })
    return context.body(await reportHtml(content, parts.templates), 200, { 'Content-Type': 'text/html; charset=utf-8', ...attachment(`${screen}.html`) })
  })
}

/** @throws UnknownFormatError, UnknownTableError */
async function exported(context: Context, { tables, methods }: ScreenTables, name: string, format: string): Promise<Response> {
  const table: ResultTable | undefined = [...tables, methods].find((each) => each.name === name)
  if (table === undefined) throw new UnknownTableError(name)
  const file = fileExporterFor(format)
  if (file === undefined) {
    const exporter = exporterFor(format)
    return send(context, exporter.render(table), `${name}.${exporter.fileExtension}`)
  }
  return send(context, await (file.scope === 'all' ? file.render(tables, methods) : file.render([table])), `${name}.${file.fileExtension}`)
}

function send(context: Context, content: string | Uint8Array, fileName: string): Response {
  const body = typeof content === 'string' ? content : new Uint8Array(content)
  return context.body(body, 200, { 'Content-Type': 'application/octet-stream', ...attachment(fileName) })
}

function attachment(fileName: string): Readonly<Record<string, string>> {
  return { 'Content-Disposition': `attachment; filename="${fileName.replaceAll(/[^\w.-]/g, '_')}"` }
}
