import { resolve } from 'node:path'
import { planImport, saveImport, type ImportedRow, type ImportStore } from '../../app/import/import-runs.ts'
import { formalCharges } from '../../app/structure/formal-charges.ts'
import { systemClock } from '../../adapters/clock/system-clock.ts'
import { packageVersion } from '../../adapters/config/package-folder.ts'
import { localTransport } from '../../adapters/transports/local-transport.ts'
import { existsProject, makeProject, openStore, type WorkspaceOptions } from '../../compose.ts'
import { alignedText } from '../aligned-text.ts'
import type { CommandDefinition, CommandOptions } from '../command.ts'
import { oneOf, OptionValueError, textOption } from '../option-values.ts'
import { projectOption, workspaceOptions } from '../workspace-options.ts'

const steps = ['relax', 'static', 'dos'] as const

export const importCommand: CommandDefinition = {
  name: 'import',
  summary: 'take VASP runs that were made by hand into the tables of a screen',
  arguments: [{ name: '<folders...>', description: 'folders with OUTCAR or OUTCAR.gz; sub-folders named relax, static, dos … are the steps of one member' }],
  options: [
    { flags: '--screen <name>', description: 'the screen that takes them; made when there is none' },
    { flags: '--dopant <element>', description: 'the dopant, or none; default: the element that the other members lack' },
    { flags: '--step <name>', description: 'relax, static or dos; default: as OUTCAR tells by NSW, IBRION and ICHARG' },
    { flags: '--label <name>', description: 'name of the one member; default: name of its folder' },
    { flags: '--states <charges...>', description: 'formal charges such as Li=1 Mn=4 O=-2; default: from bond valences' },
    { flags: '--dry-run', description: 'say what would be taken, and write nothing' },
    { flags: '--json', description: 'print JSON instead of a table' },
    projectOption,
  ],
  examples: [
    'dopant import old/pristine old/B-on-Mn old/P-on-Mn --screen by-hand',
    'dopant import old --screen by-hand --states Li=1 Mn=4 O=-2 --dry-run',
    'dopant import tests/hse06 --screen li2mno3-010 --label B-on-Mn-hse06 --step static',
  ],
  run: async (folders, options, io) => {
    const workspace = workspaceOptions(options, io)
    const request = requestOf(folders.map((folder) => resolve(io.cwd, folder)), options)
    const isDry = options['dryRun'] === true
    const { store, close } = await storeFor(workspace, isDry)
    try {
      const plan = await planImport(store, systemClock, localTransport(), request)
      if (!isDry) await saveImport(store as Parameters<typeof saveImport>[0], plan, { dopantVersion: packageVersion() })
      io.stdout.write(options['json'] === true ? `${JSON.stringify({ screen: request.screenName, saved: !isDry, rows: plan.rows }, null, 2)}\n` : forPeople(plan.rows))
      if (options['json'] !== true) io.stderr.write(isDry ? 'Nothing was written.\n' : `Look at them with: dopant results ${request.screenName}\n`)
    } finally {
      await close()
    }
    return 0
  },
}

function requestOf(folders: readonly string[], options: CommandOptions) {
  const screenName = textOption(options['screen'])
  if (screenName === undefined) throw new OptionValueError('--screen', '', 'Name the screen that takes the runs.')
  const [dopant, label] = [textOption(options['dopant']), textOption(options['label'])]
  if (label !== undefined && !/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(label)) throw new OptionValueError('--label', label, 'Use letters, digits, dot, dash and underscore.')
  return {
    folders,
    screenName,
    states: formalCharges((options['states'] as readonly string[] | undefined) ?? []),
    ...(dopant === undefined ? {} : { dopant }),
    ...(options['step'] === undefined ? {} : { step: oneOf('--step', options['step'], steps) }),
    ...(label === undefined ? {} : { label }),
  }
}

/** A look must not leave a folder behind: without a project, a dry run has an empty store. */
async function storeFor(workspace: WorkspaceOptions, isDry: boolean): Promise<{ readonly store: ImportStore; close(): Promise<void> }> {
  if (isDry && !existsProject(workspace)) {
    const store: ImportStore = { screen: async () => undefined, calculation: async () => undefined, attempts: async () => [] }
    return { store, close: async () => {} }
  }
  await makeProject(workspace)
  return openStore(workspace)
}

function forPeople(rows: readonly ImportedRow[]): string {
  const cells = rows.map((row) => [row.candidate, row.dopant ?? 'none', row.step, row.method ?? 'not known', row.change, row.missing ?? ''])
  return alignedText(['member', 'dopant', 'step', 'method', 'change', 'no result because'], cells)
}
