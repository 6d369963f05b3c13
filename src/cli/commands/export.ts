import { join, relative, resolve } from 'node:path'
import { systemClock } from '../../adapters/clock/system-clock.ts'
import { exportArchive } from '../../app/export/export-archive.ts'
import { exportCif } from '../../app/export/export-cif.ts'
import { exportExtxyz, type ExtxyzFile } from '../../app/export/export-extxyz.ts'
import { exportNomad } from '../../app/export/export-nomad.ts'
import { reportContent } from '../../app/report/report-content.ts'
import type { RunFiles } from '../../app/results/run-files.ts'
import { calculationMarks } from '../../app/results/series-marks.ts'
import { screenNamed, screenResults } from '../../app/results/screen-results.ts'
import { screenRuns } from '../../app/results/screen-runs.ts'
import { methodOfSite, openBesideOwner, runFilesOf, type WorkspaceOptions } from '../../compose.ts'
import type { Store } from '../../ports/store.ts'
import { readScreen } from '../../workflow/screen/read-screen.ts'
import type { CommandDefinition } from '../command.ts'
import { oneOf, textOption } from '../option-values.ts'
import { projectOption, workspaceOptions } from '../workspace-options.ts'

const formats = ['extxyz', 'cif', 'archive', 'nomad'] as const

export const exportCommand: CommandDefinition = {
  name: 'export',
  summary: 'write structures, energies with forces, or an archive of a screen for others',
  arguments: [{ name: '<screen>', description: 'name of the screen' }],
  options: [
    { flags: '--format <name>', description: 'extxyz (every ionic step with energy and forces), cif (final structures), archive (ZIP with checksums), nomad (ZIP to upload there)' },
    { flags: '--output <folder>', description: 'default: results/<screen>/export below the project' },
    { flags: '--allow-rehearsal', description: 'write numbers of a rehearsal as extxyz or nomad, marked as such' },
    projectOption,
  ],
  examples: ['dopant export li2mno3-010 --format cif', 'dopant export li2mno3-010 --format extxyz', 'dopant export li2mno3-010 --format archive --output shared', 'dopant export li2mno3-010 --format nomad'],
  run: async ([screenName = ''], options, io) => {
    const format = oneOf('--format', options['format'], formats)
    const workspace = workspaceOptions(options, io)
    const named = textOption(options['output'])
    const folder = named === undefined ? join(workspace.projectFolder, 'results', screenName, 'export') : resolve(io.cwd, named)
    const { parts, close } = await openBesideOwner(workspace)
    const { store } = parts
    try {
      await screenNamed(store, screenName)
      const request = { store, files: runFilesOf(workspace, parts.sites), workspace, screenName, folder, allowRehearsal: options['allowRehearsal'] === true }
      const lines = await writers[format](request)
      io.stderr.write(`Saved below ${relative(io.cwd, folder) || '.'}: ${lines.map(([path, words]) => `${relative(folder, path)}${words}`).join(', ')}\n`)
      for (const note of lines.flatMap(([path, , notes = []]) => notes.map((words) => `${relative(folder, path)}: ${words}`))) io.stderr.write(`Warning: ${note}\n`)
    } finally {
      await close()
    }
    return 0
  },
}

interface ExportRequest {
  readonly store: Store
  readonly files: RunFiles
  readonly workspace: WorkspaceOptions
  readonly screenName: string
  readonly folder: string
  readonly allowRehearsal: boolean
}

/** Paths with a word about each, and what to be warned of. */
type Written = readonly (readonly [path: string, words: string, warnings?: readonly string[]])[]

const writers: Readonly<Record<(typeof formats)[number], (request: ExportRequest) => Promise<Written>>> = {
  async extxyz({ store, files, screenName, folder, allowRehearsal }) {
    const runs = await screenRuns(store, screenName)
    const marks = await calculationMarks(store, screenName)
    const { candidates } = await screenNamed(store, screenName)
    const references = new Set(candidates.flatMap(({ id, reference }) => (reference === undefined ? [] : [id])))
    const written = await exportExtxyz({ screenName, runs, files, allowRehearsal, marks, references }, folder)
    return written.map((file) => [file.path, ` (${framesWords(file)})`, inconsistencyWords(file)])
  },
  async cif({ store, workspace, screenName, folder }) {
    const candidates = await screenResults(store, screenName, methodOfSite(workspace))
    return (await exportCif(screenName, candidates, folder)).map((path) => [path, ''])
  },
  async nomad({ store, files, screenName, folder, allowRehearsal }) {
    const [{ text, source }, runs] = [await screenNamed(store, screenName), await screenRuns(store, screenName)]
    const title = readScreen(text, source).title ?? screenName
    const { path, entries } = await exportNomad({ screenName, title, screenText: text, runs, files, allowRehearsal }, folder)
    return [[path, ` (${entries} entries)`]]
  },
  async archive({ store, files: runFiles, workspace, screenName, folder }) {
    const { projectFolder } = workspace
    const [screen, runs] = [await screenNamed(store, screenName), await screenRuns(store, screenName)]
    const candidates = await screenResults(store, screenName, methodOfSite(workspace))
    const now = systemClock.now()
    const sources = { store, files: runFiles, methodOf: methodOfSite(workspace), projectFolder, now }
    const { title, tables, provenance, isRehearsal } = await reportContent(screenName, sources)
    const path = join(folder, `${screenName}${isRehearsal ? '-rehearsal' : ''}.zip`)
    const content = { screenName, title, screenText: screen.text, runs, candidates, tables: [...tables, provenance], files: runFiles, isRehearsal, now }
    const files = await exportArchive(content, path)
    return [[path, ` (${files.length} files)`]]
  },
}

function framesWords({ frames, marked }: ExtxyzFile): string {
  return `${frames} frames${marked === 0 ? '' : `, ${marked} of them marked`}`
}

/** In the words of who trains a potential on the file. */
function inconsistencyWords({ frames, marked, warnings }: ExtxyzFile): readonly string[] {
  if (marked === 0) return warnings
  return [`${marked} of ${frames} frames do not belong with the others: their energies mean something else. The key comparability of each says why; leave them out of one set.`, ...warnings]
}
