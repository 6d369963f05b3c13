import { allFigures } from '../../app/report/figures/all-figures.ts'
import { methodsTable } from '../../app/results/methods-table.ts'
import { screenNamed, screenResults } from '../../app/results/screen-results.ts'
import { screenRuns } from '../../app/results/screen-runs.ts'
import { stepMethods } from '../../app/results/step-methods.ts'
import { readScreen } from '../../workflow/screen/read-screen.ts'
import type { CandidateResult } from '../../workflow/tables/candidate-result.ts'
import { resultTable, resultTables } from '../../workflow/tables/result-tables.ts'
import { withUserColumns } from '../../workflow/tables/user-columns.ts'
import type { Figure } from '../../tables/figures/figure.ts'
import type { ResultTable } from '../../tables/result-table.ts'
import type { DashboardParts } from './dashboard-parts.ts'
import type { LiveModel } from './live-model.ts'

/** What a screen has come to so far. */
export interface ScreenTables {
  readonly title: string
  readonly isRehearsal: boolean
  readonly candidates: readonly CandidateResult[]
  readonly tables: readonly ResultTable[]
  readonly methods: ResultTable
  readonly figures: readonly Figure[]
}

/** Made when somebody asks, and again only after a calculation of the screen has begun or ceased to be done. */
export type TablesOf = (screenName: string) => Promise<ScreenTables>

export function screenTables(parts: DashboardParts, model: LiveModel): TablesOf {
  const kept = new Map<string, { readonly key: string; readonly made: Promise<ScreenTables> }>()
  return (screenName) => {
    const done = model.rows().filter(({ screen, state }) => screen === screenName && state === 'done')
    const key = `${done.length} ${done.reduce((sum, { revision }) => sum + revision, 0)}`
    const known = kept.get(screenName)
    if (known?.key === key) return known.made
    const made = makeTables(parts, screenName)
    kept.set(screenName, { key, made })
    made.catch(() => kept.delete(screenName))
    return made
  }
}

async function makeTables({ store, sites }: DashboardParts, screenName: string): Promise<ScreenTables> {
  const record = await screenNamed(store, screenName)
  const screen = readScreen(record.text, record.source)
  const { title, columns } = screen
  const candidates = await screenResults(store, screenName, (site) => sites.get(site)?.site.method ?? 'dft')
  const tables = await Promise.all(Object.keys(resultTables).map((name) => withUserColumns(resultTable(name, candidates, screen), columns[name] ?? {})))
  const methods = methodsTable(stepMethods(await screenRuns(store, screenName)))
  return {
    title: title ?? screenName,
    isRehearsal: candidates.some(({ method }) => method === 'rehearsal'),
    candidates,
    tables,
    methods,
    figures: allFigures({ candidates, courses: [] }, screen),
  }
}
