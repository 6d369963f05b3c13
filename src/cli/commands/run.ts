import { resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { startEngine } from '../../app/engine/start-engine.ts'
import { siteEntries, siteOf, type EngineParts } from '../../app/engine/engine-parts.ts'
import { planScreen, type PlannedScreen } from '../../app/plan/plan-screen.ts'
import { bringScreen, type BroughtScreen } from '../../app/screens/bring-screen.ts'
import { pilotWords } from '../../app/screens/pilot.ts'
import { waitForScreen } from '../../app/screens/wait-for-screen.ts'
import { waitsForPerson, whyWaiting } from '../../app/screens/why-waiting.ts'
import { isKnownError } from '../../base/known-error.ts'
import { loadSymmetryEngine, openBesideOwner, openWorkspace, runningOwner, type RunningOwner, type WorkspaceOptions } from '../../compose.ts'
import type { CalculationSummary } from '../../ports/store.ts'
import type { Plan } from '../../workflow/plan.ts'
import type { CommandDefinition, CommandIo, CommandOptions, ExitCode } from '../command.ts'
import { budgetOption } from '../budget-option.ts'
import { growScreen, growthOptions, handedOver } from '../grow-screen.ts'
import { textOption } from '../option-values.ts'
import { printResults } from '../print-results.ts'
import { clear, countStates, progressLine } from '../progress.ts'
import { purgeText, purgeWarningsOf } from '../purge-text.ts'
import { projectOption, workspaceOptions } from '../workspace-options.ts'

export const runCommand: CommandDefinition = {
  name: 'run',
  summary: 'plan, submit, wait with live progress and print the tables',
  arguments: [{ name: '<screen>', description: 'screen file (YAML)' }],
  options: [
    { flags: '--site <name>', description: 'instead of the site that the screen names' },
    { flags: '--table <names...>', description: 'tables to print; default: bonds, charges, and oxygen-pairs where Li was removed' },
    budgetOption,
    ...growthOptions,
    { flags: '--take-over', description: 'the engine on the other machine is certainly gone' },
    projectOption,
  ],
  examples: ['dopant run examples/li2mno3-010/screen.yaml', 'dopant run screen.yaml --site rehearsal'],
  run: async ([file = ''], options, io) => {
    loadSymmetryEngine()
    const screenFile = resolve(io.cwd, file)
    const planned = await planScreen(screenFile, textOption(options['site']))
    const workspaceFor = workspaceOptions(options, io, screenFile)
    const owner = options['takeOver'] === true ? undefined : await runningOwner(workspaceFor)
    const asked: Asked = { file, planned, options, workspaceFor }
    return owner === undefined ? runHere(asked, io) : runBeside(owner, asked, io)
  },
}

interface Asked {
  /** As it was written on the command line. */
  readonly file: string
  readonly planned: PlannedScreen
  readonly options: CommandOptions
  readonly workspaceFor: WorkspaceOptions
}

/** What a look at the screen needs, in this process or beside the one that has the project. */
type Seen = Pick<EngineParts, 'store' | 'clock' | 'sites'>

async function runHere(asked: Asked, io: CommandIo): Promise<ExitCode> {
  const { planned, options, workspaceFor } = asked
  const { parts, close } = await openWorkspace({ ...workspaceFor, takeOver: options['takeOver'] === true })
  try {
    siteOf(parts, planned.plan.site)
    tellGrowth(planned.plan, await growScreen(parts.store, planned, options, io, (wish) => bringScreen(parts, wish)), io)
    await warnOfPurge(parts, asked, io)
    return await finish(parts, await runUntilSettled(parts, planned.plan, io), asked, io)
  } finally {
    await close()
  }
}

/** The engine that runs already takes the screen and this process watches, until it has to go on itself. */
async function runBeside(owner: RunningOwner, asked: Asked, io: CommandIo): Promise<ExitCode> {
  try {
    return await watchOwner(owner, asked, io)
  } catch (error) {
    if (!isKnownError(error) || error.code !== 'OWNER_GONE') throw error
    io.stderr.write(`Process ${owner.pid} has ended; this one goes on.\n`)
    return runAfter(asked, io)
  }
}

/** A process that ends gives the project away a moment after it stopped to answer. */
async function runAfter(asked: Asked, io: CommandIo, tries = 20): Promise<ExitCode> {
  try {
    return await runHere(asked, io)
  } catch (error) {
    if (!isKnownError(error) || error.code !== 'PROJECT_OWNED' || tries === 0) throw error
  }
  await wait(500)
  return runAfter(asked, io, tries - 1)
}

async function watchOwner(owner: RunningOwner, asked: Asked, io: CommandIo): Promise<ExitCode> {
  const { planned, options, workspaceFor } = asked
  const { parts, close } = await openBesideOwner(workspaceFor)
  try {
    tellGrowth(planned.plan, await growScreen(parts.store, planned, options, io, owner.bring), io)
    io.stderr.write(`${handedOver(owner)}\n`)
    await warnOfPurge(parts, asked, io)
    return await finish(parts, await waitUntilSettled(parts, planned.plan, io), asked, io)
  } finally {
    await close()
  }
}

function tellGrowth(plan: Plan, { added, alreadyThere }: BroughtScreen, io: CommandIo): void {
  const there = alreadyThere === 0 ? '' : `, ${alreadyThere} were there before`
  io.stderr.write(`${plan.title}: ${plan.candidates.length} slabs, ${added.length} new calculations${there}\n`)
}

async function warnOfPurge({ store }: Seen, { planned, workspaceFor }: Asked, io: CommandIo): Promise<void> {
  io.stderr.write(purgeText(purgeWarningsOf(workspaceFor, await store.summaries({ screenName: planned.plan.screenName }))))
}

async function runUntilSettled(parts: EngineParts, plan: Plan, io: CommandIo): Promise<readonly CalculationSummary[]> {
  const engine = await startEngine(parts)
  try {
    return await waitUntilSettled(parts, plan, io)
  } finally {
    await engine.stop()
  }
}

async function waitUntilSettled(parts: Seen, { screenName }: Plan, io: CommandIo): Promise<readonly CalculationSummary[]> {
  const { store, clock } = parts
  const now = () => clock.now().getTime()
  const isStuck = () => waitsForPerson(store, siteEntries(parts), screenName)
  return waitForScreen(store, clock, screenName, progressLine(io, now(), now), io.signal, isStuck).finally(() => clear(io))
}

async function finish(parts: Seen, settled: readonly CalculationSummary[], { file, planned, options, workspaceFor }: Asked, io: CommandIo): Promise<ExitCode> {
  const tables = (options['table'] as readonly string[] | undefined) ?? []
  const request = { screenName: planned.plan.screenName, tables, format: 'text', savedFormats: ['csv', 'json', 'markdown'] }
  if (!io.signal.aborted) await printResults(parts.store, request, workspaceFor, io)
  return closingWords(parts, settled, planned.plan, file, io)
}

async function closingWords(
  parts: Seen,
  settled: readonly CalculationSummary[],
  plan: Plan,
  file: string,
  io: CommandIo,
): Promise<ExitCode> {
  io.stderr.write(`${countStates(settled)}\n`)
  if (io.signal.aborted) {
    io.stderr.write(`Jobs that run go on. Come back with: dopant run ${file}\n`)
    return 1
  }
  const failed = settled.filter((calculation) => calculation.state === 'failed')
  for (const { id, failure } of failed) io.stderr.write(`${id}: ${failure?.message ?? ''}\n  ${failure?.remedy ?? ''}\n`)
  const waiting = await whyWaiting(parts.store, siteEntries(parts), plan.screenName)
  for (const { text } of waiting) io.stderr.write(`${text}\n`)
  const pilot = await pilotWords(parts.store, plan.screenName)
  if (pilot !== undefined) io.stderr.write(`${pilot}\n`)
  return failed.length + waiting.length === 0 ? 0 : 1
}
