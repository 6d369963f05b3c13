import { KnownError } from '../../base/known-error.ts'
import { didYouMean } from '../../base/did-you-mean.ts'
import type { CalculationRecord, ScreenRecord, Store } from '../../ports/store.ts'
import { withoutLabels } from '../../structure/delithiation.ts'
import type { Structure } from '../../structure/structure.ts'
import type { Candidate } from '../../workflow/candidate.ts'
import type { StartingPoint } from '../../workflow/planned-calculation.ts'
import { placedInRelaxedHost } from '../../workflow/relaxed-host.ts'
import { readScreen } from '../../workflow/screen/read-screen.ts'
import type { Screen } from '../../workflow/screen/screen-schema.ts'
import { fineGridStep } from '../../workflow/expand/charge-grid-check.ts'
import { keptResult } from '../../workflow/kept-result.ts'
import type { StepResult } from '../../workflow/step-result.ts'
import type { CandidateResult } from '../../workflow/tables/candidate-result.ts'
import { collectCandidate } from '../../workflow/tables/collect-candidate.ts'
import { seriesMarks } from './series-marks.ts'

export class ScreenUnknownError extends KnownError {
  readonly code = 'SCREEN_UNKNOWN'
  readonly remedy: string
  constructor(name: string, known: readonly string[]) {
    super(`There is no screen ${name} in this project.`)
    const guess = didYouMean(name, known)
    const list = known.length === 0 ? 'Run one with `dopant run`.' : `There are: ${known.join(', ')}.`
    this.remedy = guess === undefined ? list : `Did you mean ${guess}?`
  }
}

/** What the tables of a screen are made from: one entry for each candidate, finished or not. */
export async function screenResults(
  store: Store,
  screenName: string,
  methodOf: (site: string) => CandidateResult['method'],
): Promise<readonly CandidateResult[]> {
  const screen = await screenNamed(store, screenName)
  const calculations = await store.calculations({ screenName })
  const results = new Map((await store.results(screenName)).map((each) => [each.calculationId, keptResult(each)]))
  const marks = await seriesMarks(store, screenName)
  return screen.candidates.map((candidate) => {
    const result = resultOf(candidate, calculations, results, methodOf)
    const own = marks.get(candidate.id) ?? []
    return { ...result, flags: [...result.flags, ...own], seriesMarks: own }
  })
}

/** What the screen file says about its tables: columns of its own, limits of chemical potentials, and what convergence tests change. */
export type TableSettings = Pick<Screen, 'columns' | 'chemicalPotentials' | 'method' | 'kpoints' | 'slab'>

export async function tableSettingsOf(store: Store, screenName: string): Promise<TableSettings> {
  const screen = await screenNamed(store, screenName)
  const { columns, chemicalPotentials, method, kpoints, slab } = readScreen(screen.text, screen.source)
  return { columns, chemicalPotentials, method, kpoints, slab }
}

/** @throws ScreenUnknownError with the names that there are */
export async function screenNamed(store: Store, name: string): Promise<ScreenRecord> {
  const screen = await store.screen(name)
  if (screen !== undefined) return screen
  throw new ScreenUnknownError(name, (await store.screens()).map((each) => each.name))
}

function resultOf(
  candidate: Candidate,
  all: readonly CalculationRecord[],
  results: ReadonlyMap<string, StepResult>,
  methodOf: (site: string) => CandidateResult['method'],
): CandidateResult {
  const own = all.filter((calculation) => calculation.candidateId === candidate.id)
  const step = (name: string) => own.find((calculation) => calculation.step === name && calculation.state === 'done')
  const [relax, last] = [step('relax'), step('static')]
  const relaxed = relax === undefined ? undefined : results.get(relax.id)
  const final = last === undefined ? undefined : results.get(last.id)
  const [dos, fineGrid] = [step('dos'), step(fineGridStep)].map((done) => (done === undefined ? undefined : results.get(done.id)))
  const initial = startStructure(own.find((calculation) => calculation.step === 'relax')?.plan.start, results)
  const pending = pendingWords(own)
  return collectCandidate({
    candidate,
    method: methodOf(own[0]?.site ?? ''),
    ...(initial === undefined ? {} : { initial }),
    ...(relaxed === undefined ? {} : { relax: relaxed }),
    ...(final === undefined ? {} : { static: final }),
    ...(dos === undefined ? {} : { dos }),
    ...(fineGrid === undefined ? {} : { fineGrid }),
    ...(pending === undefined ? {} : { pending }),
  })
}

/** The geometry before a relaxation; that of a delithiated slab is its relaxed parent without the lithium, not yet rattled. */
function startStructure(
  start: StartingPoint | undefined,
  results: ReadonlyMap<string, StepResult>,
): Structure | undefined {
  if (start === undefined || start.kind === 'structure') return start?.structure
  const parent = results.get(start.from)?.structure
  if (parent === undefined) return undefined
  return start.kind === 'relaxed' ? withoutLabels(parent, start.removedLabels) : placedInRelaxedHost(parent, start)
}

function pendingWords(own: readonly CalculationRecord[]): string | undefined {
  const open = own.find((calculation) => calculation.state !== 'done')
  if (open === undefined) return undefined
  return open.failure === null ? `${open.step} is ${open.state}` : `${open.step} failed: ${failureClause(open.failure.message)}`
}

/** What happened to the run. Who is asked for what, `dopant show` says; a reader of the table need not know. */
function failureClause(message: string): string {
  return message.replace(/ ?A person is needed\b.*$/s, '').replace(/\.$/, '')
}
