import { resolve } from 'node:path'
import { cancel, type Cancelled } from '../../app/engine/cancel.ts'
import { siteOf, type EngineParts } from '../../app/engine/engine-parts.ts'
import { startEngine } from '../../app/engine/start-engine.ts'
import { planScreen } from '../../app/plan/plan-screen.ts'
import { bringScreen } from '../../app/screens/bring-screen.ts'
import { isKnownError } from '../../base/known-error.ts'
import { askOwner, loadSymmetryEngine, openBesideOwner, openWorkspace, runFilesOf, type WorkspaceOptions } from '../../compose.ts'
import { watchedSites, type Contacts } from '../../web/server/contacts.ts'
import { startDashboard } from '../../web/server/dashboard.ts'
import type { DashboardParts } from '../../web/server/dashboard-parts.ts'
import { newQuestions, type Questions } from '../../web/server/questions.ts'
import { budgetOption } from '../budget-option.ts'
import type { CommandDefinition, CommandIo, CommandOptions } from '../command.ts'
import { growScreen, growthOptions } from '../grow-screen.ts'
import { numberOption, OptionValueError, textOption } from '../option-values.ts'
import { projectOption, workspaceOptions } from '../workspace-options.ts'

const usualPort = 4410
const loopbackHosts: readonly string[] = ['127.0.0.1', 'localhost', '::1']

export const serveCommand: CommandDefinition = {
  name: 'serve',
  summary: 'run the engine with the dashboard: queue and results in the browser',
  arguments: [{ name: '[screens...]', description: 'screen files (YAML) to plan and run; what the project has already goes on' }],
  options: [
    { flags: '--port <number>', description: 'port of this machine; 0 for any that is free', default: String(usualPort) },
    { flags: '--host <name>', description: 'a name of this machine itself: 127.0.0.1, localhost or ::1', default: '127.0.0.1' },
    { flags: '--no-engine', description: 'only show, beside a `dopant run` or workers that do the work' },
    { flags: '--site <name>', description: 'for the screens that are given, instead of the site that they name' },
    budgetOption,
    ...growthOptions,
    { flags: '--take-over', description: 'the engine on the other machine is certainly gone' },
    projectOption,
  ],
  examples: ['dopant serve', 'dopant serve screen.yaml', 'dopant serve --port 0', 'dopant serve --no-engine'],
  run: async (files, options, io) => {
    loadSymmetryEngine()
    const place = { port: portOption(options['port']), host: hostOption(options['host']) }
    const questions = newQuestions((line) => void io.stderr.write(`${line}\n`))
    const workspaceFor = { ...workspaceOptions(options, io, files[0] === undefined ? undefined : resolve(io.cwd, files[0])), person: questions.person }
    if (options['engine'] === false) await serveBeside(workspaceFor, questions, place, io)
    else await serveWithEngine({ ...workspaceFor, takeOver: options['takeOver'] === true }, { files, options }, questions, place, io)
    return 0
  },
}

interface Place {
  readonly host: string
  readonly port: number
}

interface Wanted {
  readonly files: readonly string[]
  readonly options: CommandOptions
}

async function serveWithEngine(workspaceFor: WorkspaceOptions, wanted: Wanted, questions: Questions, place: Place, io: CommandIo): Promise<void> {
  const { parts: opened, close } = await openWorkspace(workspaceFor).catch((error: Error) => sayHowToWatch(error, io))
  try {
    const contacts: Contacts = new Map()
    const parts = { ...opened, sites: watchedSites(opened.sites, contacts, Date.now) }
    for (const file of wanted.files) await addScreen(parts, file, wanted.options, io)
    const engine = await startEngine(parts)
    const rest = { projectFolder: workspaceFor.projectFolder, contacts, files: runFilesOf(workspaceFor, parts.sites), cancel: (targets: readonly string[]) => cancel(parts, targets, 'dashboard') }
    try {
      await serveUntilStopped({ ...parts, ...rest, engine: parts }, questions, place, io)
    } finally {
      await engine.stop()
    }
  } finally {
    await close()
  }
}

async function addScreen(parts: EngineParts, file: string, options: CommandOptions, io: CommandIo): Promise<void> {
  const planned = await planScreen(resolve(io.cwd, file), textOption(options['site']))
  siteOf(parts, planned.plan.site)
  const { added } = await growScreen(parts.store, planned, options, io, (wish) => bringScreen(parts, wish))
  io.stderr.write(`${planned.plan.title}: ${added.length} new calculations\n`)
}

/** A `dopant run` has the project: the page can still be shown beside it. */
function sayHowToWatch(error: Error, io: CommandIo): never {
  if (isKnownError(error) && error.code === 'PROJECT_OWNED') io.stderr.write('To watch what it does, and to retry or stop jobs: dopant serve --no-engine\n')
  throw error
}

async function serveBeside(workspaceFor: WorkspaceOptions, questions: Questions, place: Place, io: CommandIo): Promise<void> {
  const { parts, close } = await openBesideOwner(workspaceFor)
  try {
    const contacts: Contacts = new Map()
    const sites = watchedSites(parts.sites, contacts, Date.now)
    const ask = (targets: readonly string[]) => askOwner<Cancelled>(workspaceFor, 'cancel', { targets, actor: 'dashboard' })
    const rest = { projectFolder: workspaceFor.projectFolder, contacts, files: runFilesOf(workspaceFor, sites), cancel: ask, engine: undefined }
    await serveUntilStopped({ ...parts, sites, ...rest }, questions, place, io)
  } finally {
    await close()
  }
}

async function serveUntilStopped(
  parts: DashboardParts,
  questions: Questions,
  place: Place,
  io: CommandIo,
): Promise<void> {
  const dashboard = await startDashboard({ parts, questions, ...place })
  const role = parts.engine === undefined ? 'The dashboard shows what another engine does.' : 'Engine and dashboard are running.'
  io.stdout.write(`${dashboard.link}\n`)
  io.stderr.write(`${role} Open the link; it is for you alone. Ctrl-C stops both, jobs on the sites go on.\n`)
  await new Promise<void>((done) => (io.signal.aborted ? done() : io.signal.addEventListener('abort', () => done(), { once: true })))
  await dashboard.close()
}

function portOption(given: unknown): number {
  const port = numberOption('--port', given as string)
  if (Number.isInteger(port) && port >= 0 && port < 65_536) return port
  throw new OptionValueError('--port', given as string, 'Give a whole number from 0 to 65535.')
}

function hostOption(given: unknown): string {
  if (typeof given === 'string' && loopbackHosts.includes(given)) return given
  const advice = 'The dashboard listens on this machine alone: use 127.0.0.1, and an SSH tunnel from elsewhere (docs/dashboard.md).'
  throw new OptionValueError('--host', given as string, advice)
}
