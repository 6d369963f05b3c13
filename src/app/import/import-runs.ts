import type { FormalStates } from '../../analysis/formal-states.ts'
import type { AttemptRecord } from '../../ports/attempt.ts'
import type { Clock } from '../../ports/clock.ts'
import type { CalculationRecord, ScreenRecord, Store } from '../../ports/store.ts'
import type { Transport } from '../../ports/transport.ts'
import { canonicalJson } from '../../workflow/plan-content.ts'
import { importedSite } from '../../workflow/imported.ts'
import { readScreen } from '../../workflow/screen/read-screen.ts'
import type { StepKindName } from '../../workflow/steps/step-kind.ts'
import { findRuns, type RunFolders } from './find-runs.ts'
import { importedCandidate, type Host } from './import-candidate.ts'
import { LabelTakenError } from './import-errors.ts'
import { formalStatesOf, nameDopants, type AskedDopant, type NamedMember, type ReadMember } from './import-members.ts'
import { importedPlan } from './import-plan.ts'
import { importedScreenText } from './imported-screen-text.ts'
import { readImported, type ImportedRun } from './read-imported.ts'

export interface ImportRequest {
  /** Absolute. */
  readonly folders: readonly string[]
  readonly screenName: string
  readonly dopant?: AskedDopant
  readonly step?: StepKindName
  readonly label?: string
  /** By element; they go before what bond valences say. */
  readonly states?: FormalStates
}

export interface ImportedRow {
  readonly calculation: string
  readonly candidate: string
  readonly dopant: string | null
  readonly step: StepKindName
  readonly folder: string
  /** null when OUTCAR could not be read. */
  readonly method: 'dft' | 'rehearsal' | null
  readonly change: 'new' | 'read again' | 'unchanged'
  /** Why no number of it stands in a table; null for a finished run. */
  readonly missing: string | null
}

/** What a look needs. */
export type ImportStore = Pick<Store, 'screen' | 'calculation' | 'attempts'>

/** Everything that an import would do, and what it needs to do it. */
export interface ImportPlan {
  readonly rows: readonly ImportedRow[]
  readonly screen: ScreenRecord
  readonly runs: readonly { readonly row: ImportedRow; readonly run: ImportedRun }[]
}

/**
 * Reads runs that were made by hand and says what rows they become; nothing is written.
 *
 * @throws NoRunError, LabelTakenError, DopantUnclearError, ScreenFileError for a name that no screen may have
 */
export async function planImport(store: ImportStore, clock: Clock, transport: Transport, request: ImportRequest): Promise<ImportPlan> {
  const { screenName } = request
  const members: ReadMember[] = []
  for (const found of findRuns(request.folders, request.label)) members.push(await readMember(found, transport, request.step))
  const before = await store.screen(screenName)
  refuseTaken(members, before)
  const staying = before?.candidates ?? []
  const undoped = staying.find(({ dopant, imported, id }) => dopant === null && !(imported !== undefined && members.some(({ label }) => label === id)))
  const named = inOrder(nameDopants(members, request.dopant, undoped === undefined ? undefined : Object.keys(undoped.oxidationStates)))
  const host = hostOf(named)
  const states = { ...formalStatesOf(host?.structure), ...undoped?.oxidationStates, ...request.states }
  const candidates = named.map((member) => importedCandidate(member, host, states))
  const runs = await Promise.all(named.flatMap((member) => member.runs.map(async (run) => ({ run, row: await rowOf(store, screenName, member, run) }))))
  const kept = staying.filter(({ id }) => candidates.every((each) => each.id !== id))
  const text = before?.text ?? importedScreenText(screenName, states)
  readScreen(text, `--screen ${screenName}`)
  const screen: ScreenRecord = {
    ...(before ?? { name: screenName, source: `dopant import --screen ${screenName}`, text, createdAt: clock.now().toISOString() }),
    candidates: [...kept, ...candidates],
  }
  return { rows: runs.map(({ row }) => row), screen, runs }
}

async function readMember({ label, home, folders }: RunFolders, transport: Transport, step?: StepKindName): Promise<ReadMember> {
  const byKind = new Map<StepKindName, ImportedRun>()
  const warnings: string[] = []
  for (const folder of folders) {
    const run = await readImported(folder, transport, step)
    const earlier = byKind.get(run.kind)
    if (earlier !== undefined) warnings.push(`Of several ${run.kind} runs the last one counts: ${folder}, not ${earlier.folder}.`)
    byKind.set(run.kind, run)
  }
  return { label, home, runs: [...byKind.values()], warnings }
}

function refuseTaken(members: readonly ReadMember[], before: ScreenRecord | undefined): void {
  for (const { label } of members) {
    const other = before?.candidates.find(({ id }) => id === label)
    if (other !== undefined && other.imported === undefined) throw new LabelTakenError(label, 'a candidate of the screen has it')
  }
}

/** The undoped one first, because the tables compare with the first; what cannot be read comes last. */
function inOrder(members: readonly NamedMember[]): readonly NamedMember[] {
  const rank = ({ structure, dopant, runs }: NamedMember): number => (structure === undefined || runs.every(({ result }) => result === undefined) ? 2 : dopant === null ? 0 : 1)
  const lithium = ({ structure }: NamedMember): number => structure?.sites.filter(({ element }) => element === 'Li').length ?? 0
  return [...members].sort((one, other) => rank(one) - rank(other) || lithium(other) - lithium(one))
}

function hostOf(members: readonly NamedMember[]): Host | undefined {
  const undoped = members.find(({ dopant, structure }) => dopant === null && structure !== undefined)
  return undoped?.structure === undefined ? undefined : { id: undoped.label, structure: undoped.structure }
}

async function rowOf(store: ImportStore, screenName: string, { label, dopant }: NamedMember, run: ImportedRun): Promise<ImportedRow> {
  const { kind, folder, outcar, failure } = run
  const calculation = `${screenName}/${label}/${kind}`
  const standing = await store.calculation(calculation)
  const last = standing === undefined ? undefined : (await store.attempts(calculation)).at(-1)
  const change = standing === undefined ? 'new' : isSame(run, standing, last) ? 'unchanged' : 'read again'
  return { calculation, candidate: label, dopant, step: kind, folder, method: outcar?.method ?? null, change, missing: failure?.message ?? null }
}

function isSame({ folder, inputSha256, outputs, failure }: ImportedRun, { state }: CalculationRecord, last: AttemptRecord | undefined): boolean {
  if (state !== (failure === undefined ? 'done' : 'failed') || last?.remoteFolder !== folder) return false
  return canonicalJson(last.inputSha256) === canonicalJson(inputSha256) && canonicalJson(last.outputs) === canonicalJson(outputs)
}

/** The version of this program, for the rows of attempts. */
export interface ImportOrigin {
  readonly dopantVersion: string
}

/** Writes what `planImport` found. Doing it twice changes nothing the second time. */
export async function saveImport(store: Store, { screen, runs }: ImportPlan, origin: ImportOrigin): Promise<void> {
  await store.saveScreen(screen)
  const fresh = runs.filter(({ row }) => row.change === 'new').map(({ run, row }) => importedPlan(run, row.candidate, screen.name))
  if (fresh.length > 0) await store.addCalculations(screen.name, importedSite, fresh)
  for (const { run, row } of runs) if (row.change !== 'unchanged') await keep(store, row, run, origin)
}

const actor = 'import'

async function keep(store: Store, row: ImportedRow, run: ImportedRun, { dopantVersion }: ImportOrigin): Promise<void> {
  const { folder, inputSha256, outputs, outcar, failure, result } = run
  const before = await store.calculation(row.calculation)
  if (before === undefined) return
  const reason = `imported from ${folder}${outcarWords(outputs)}`
  const attempt = before.attempt + 1
  const origin = { dopantVersion, vaspVersion: outcar?.vaspVersion ?? 'not known', method: outcar?.method ?? ('dft' as const), templates: {} }
  const change = { attempt, remoteFolder: folder, failure: failure ?? null, record: { inputSha256, outputs, origin } }
  const isFresh = ['planned', 'ready'].includes(before.state)
  if (failure !== undefined) {
    const ended = isFresh || before.state === 'ended' ? before : await store.transition(before, 'ended', { actor, reason })
    await store.transition(ended, 'failed', { actor, reason: `${reason}: ${failure.message}` }, change)
    return
  }
  const open = before.state === 'planned' ? await store.transition(before, 'ready', { actor, reason }) : before
  const ended = isFresh || open.state === 'ended' ? open : await store.transition(open, 'ended', { actor, reason })
  const flags = [...(result?.flags ?? []), 'imported']
  await store.saveResult(row.calculation, attempt, { ...result, flags })
  const collected = await store.transition(ended, 'collected', { actor, reason }, change)
  await store.transition(collected, 'done', { actor, reason: 'the result is kept' })
}

function outcarWords(outputs: ImportedRun['outputs']): string {
  const [name, file] = Object.entries(outputs).find(([each]) => each.startsWith('OUTCAR')) ?? []
  return file === undefined ? '' : ` (${name}, sha256 ${file.sha256})`
}
