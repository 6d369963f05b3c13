import type { Store } from '../../ports/store.ts'
import { fineGridStep } from '../../workflow/expand/charge-grid-check.ts'
import { readScreen } from '../../workflow/screen/read-screen.ts'
import type { CandidateResult } from '../../workflow/tables/candidate-result.ts'
import { resultTable, resultTables } from '../../workflow/tables/result-tables.ts'
import { withUserColumns } from '../../workflow/tables/user-columns.ts'
import { methodsTable } from '../results/methods-table.ts'
import type { RunFiles } from '../results/run-files.ts'
import { screenNamed, screenResults } from '../results/screen-results.ts'
import { screenRuns, type ScreenRun } from '../results/screen-runs.ts'
import { stepMethods } from '../results/step-methods.ts'
import { attemptsTable } from './attempts-table.ts'
import { caveats } from './caveats.ts'
import { allFigures } from './figures/all-figures.ts'
import { planesOfFiles, type DensityPlanes } from '../results/density-planes.ts'
import { densityFigures } from './figures/density-figures.ts'
import { relaxationCourses } from './figures/relaxation-courses.ts'
import { methodsText } from './methods-text.ts'
import { correctionLines, provenanceTable } from './provenance-table.ts'
import type { ReportContent } from './report-html.ts'
import { viewerScenes } from './viewer-scenes.ts'

export interface ReportSources {
  readonly store: Store
  readonly files: RunFiles
  readonly methodOf: (site: string) => CandidateResult['method']
  readonly projectFolder: string
  /** Printed as the day of the report. */
  readonly now: Date
  /** Members whose charge density is drawn. */
  readonly densities?: readonly string[]
  /** Where planes of their densities come from; from whole grids unless told. */
  readonly planes?: DensityPlanes
}

/** What the report of a screen says. @throws ScreenUnknownError */
export async function reportContent(screenName: string, sources: ReportSources): Promise<ReportContent> {
  const { store, files, methodOf, projectFolder, now, densities = [], planes = planesOfFiles(files) } = sources
  const record = await screenNamed(store, screenName)
  const screen = readScreen(record.text, record.source)
  const candidates = await screenResults(store, screenName, methodOf)
  const runs = await screenRuns(store, screenName)
  const own = candidates.filter(({ reference }) => reference === undefined)
  const methods = stepMethods(runs)
  const candidateMethods = stepMethods(runs.filter(({ calculation }) => isOfCandidates(calculation, candidates)))
  const courses = await relaxationCourses(runs, own, files)
  const forceLimit = methods.find(({ kind }) => kind === 'relax')?.planned.ediffgEvPerAngstrom
  const tables = await Promise.all(
    Object.keys(resultTables).map((name) => withUserColumns(resultTable(name, candidates, screen), screen.columns[name] ?? {})),
  )
  return {
    screenName,
    title: screen.title ?? screenName,
    facts: [`screen ${screenName}`, progressWords(runs), `${candidates.length} structures`, now.toISOString().slice(0, 10)],
    isRehearsal: candidates.some(({ method }) => method === 'rehearsal'),
    caveats: caveats(record.candidates, candidates, runs),
    figures: [
      ...allFigures({ candidates, courses, ...(forceLimit === undefined ? {} : { forceLimitEvPerAngstrom: forceLimit }) }, screen),
      ...(await densityFigures(densities, candidates, runs, planes)),
    ],
    scenes: viewerScenes(candidates),
    tables: [...tables, methodsTable(methods)],
    methods: methodsText(candidateMethods, screen, candidates),
    corrections: correctionLines(await store.events(), runs),
    attempts: attemptsTable(runs),
    provenance: provenanceTable(runs, projectFolder),
  }
}

/** Runs of references have cells and smearing of their own, and are told of in a paragraph of their own. */
function isOfCandidates({ candidateId, step }: ScreenRun['calculation'], candidates: readonly CandidateResult[]): boolean {
  const candidate = candidates.find((each) => each.candidateId === candidateId)
  return candidate?.reference === undefined && step !== fineGridStep
}

function progressWords(runs: readonly ScreenRun[]): string {
  const done = runs.filter(({ calculation }) => calculation.state === 'done').length
  return `${done} of ${runs.length} calculations done`
}
