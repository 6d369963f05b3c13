import { relative, join } from 'node:path'
import { screenResults, userColumnsOf } from '../app/results/screen-results.ts'
import { saveTables } from '../app/results/save-tables.ts'
import { methodOfSite, type WorkspaceOptions } from '../compose.ts'
import type { Store } from '../ports/store.ts'
import { exporterFor } from '../tables/exporters.ts'
import type { CandidateResult } from '../workflow/tables/candidate-result.ts'
import { resultTable } from '../workflow/tables/result-tables.ts'
import { withUserColumns } from '../workflow/tables/user-columns.ts'
import type { CommandIo } from './command.ts'

export interface ResultsRequest {
  readonly screenName: string
  /** Empty: bonds and charges, and O–O pairs where lithium was taken out. */
  readonly tables: readonly string[]
  /** What is printed. */
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
  const candidates = await screenResults(store, request.screenName, methodOfSite(workspace))
  const names = request.tables.length === 0 ? usualTables(candidates) : request.tables
  const columns = await userColumnsOf(store, request.screenName)
  const tables = await Promise.all(
    names.map((name) => withUserColumns(resultTable(name, candidates), columns[name] ?? {})),
  )
  const exporter = exporterFor(request.format)
  for (const table of tables) io.stdout.write(`${String(exporter.render(table)).trimEnd()}\n\n`)
  const folder = join(workspace.projectFolder, 'results', request.screenName)
  const saved = await saveTables(tables, request.savedFormats, folder)
  if (saved.length > 0) io.stderr.write(`Saved below ${relative(io.cwd, folder) || '.'}: ${saved.map((path) => relative(folder, path)).join(', ')}\n`)
}

function usualTables(candidates: readonly CandidateResult[]): readonly string[] {
  const isDelithiated = candidates.some((candidate) => candidate.remainingLithiumPerFormulaUnit !== undefined)
  return ['bonds', 'charges', ...(isDelithiated ? ['oxygen-pairs'] : [])]
}
