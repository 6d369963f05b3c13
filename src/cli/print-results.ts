import { relative, join } from 'node:path'
import { methodsTable } from '../app/results/methods-table.ts'
import { screenResults, tableSettingsOf } from '../app/results/screen-results.ts'
import { screenRuns } from '../app/results/screen-runs.ts'
import { saveTables } from '../app/results/save-tables.ts'
import { stepMethods } from '../app/results/step-methods.ts'
import { methodOfSite, type WorkspaceOptions } from '../compose.ts'
import type { Store } from '../ports/store.ts'
import { chooseColumns } from '../tables/choose-columns.ts'
import { exporterFor, fileExporterFor } from '../tables/exporters.ts'
import type { ResultTable } from '../tables/result-table.ts'
import type { CandidateResult } from '../workflow/tables/candidate-result.ts'
import { resultTable } from '../workflow/tables/result-tables.ts'
import { withUserColumns } from '../workflow/tables/user-columns.ts'
import type { CommandIo } from './command.ts'

export interface ResultsRequest {
  readonly screenName: string
  /** Empty: bonds and charges, O–O pairs where lithium was taken out, formation energies where there are references. */
  readonly tables: readonly string[]
  /** Keys of the columns that are wanted, in their order; empty for all. */
  readonly columns?: readonly string[]
  /** What is printed; a format that is a file and no text is only saved. */
  readonly format: string
  /** What is saved below `results/<screen>`; empty for nothing. */
  readonly savedFormats: readonly string[]
}

/** Prints tables of a screen and saves them beside the project's screens. */
export async function printResults(
  store: Store,
  request: ResultsRequest,
  workspace: WorkspaceOptions,
  io: CommandIo,
): Promise<void> {
  const isPrinted = fileExporterFor(request.format) === undefined
  const tables = chooseColumns(await tablesOf(store, request, workspace), request.columns ?? [])
  if (isPrinted) {
    const exporter = exporterFor(request.format)
    for (const table of tables) io.stdout.write(`${String(exporter.render(table)).trimEnd()}\n\n`)
  }
  const folder = join(workspace.projectFolder, 'results', request.screenName)
  const methods = methodsTable(stepMethods(await screenRuns(store, request.screenName)))
  const shared = { name: request.screenName, methods }
  const saved = await saveTables(tables, request.savedFormats, folder, shared)
  if (saved.length > 0) io.stderr.write(`Saved below ${relative(io.cwd, folder) || '.'}: ${saved.map((path) => relative(folder, path)).join(', ')}\n`)
}

/** Tables by name, with the columns of the screen file; none named is the usual ones. @throws ScreenUnknownError, UnknownTableError */
export async function tablesOf(store: Store, { screenName, tables }: Pick<ResultsRequest, 'screenName' | 'tables'>, workspace: WorkspaceOptions): Promise<readonly ResultTable[]> {
  const candidates = await screenResults(store, screenName, methodOfSite(workspace))
  const names = tables.length === 0 ? usualTables(candidates) : tables
  const { columns, ...settings } = await tableSettingsOf(store, screenName)
  return Promise.all(names.map((name) => withUserColumns(resultTable(name, candidates, settings), columns[name] ?? {})))
}

function usualTables(candidates: readonly CandidateResult[]): readonly string[] {
  const isDelithiated = candidates.some((candidate) => candidate.remainingLithiumPerFormulaUnit !== undefined)
  const hasReferences = candidates.some(({ reference }) => reference !== undefined)
  return ['bonds', 'charges', ...(isDelithiated ? ['oxygen-pairs'] : []), ...(hasReferences ? ['formation', 'potentials'] : [])]
}
