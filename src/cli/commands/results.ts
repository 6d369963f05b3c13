import { storeAtRevision } from '../../app/results/store-at-revision.ts'
import { openStore } from '../../compose.ts'
import { fileExporterFor, formatNames } from '../../tables/exporters.ts'
import type { CommandDefinition } from '../command.ts'
import { numberOption, OptionValueError, textOption } from '../option-values.ts'
import { printResults } from '../print-results.ts'
import { projectOption, workspaceOptions } from '../workspace-options.ts'

export const resultsCommand: CommandDefinition = {
  name: 'results',
  summary: 'print and save the tables of a screen',
  arguments: [{ name: '<screen>', description: 'name of the screen' }],
  options: [
    { flags: '--table <names...>', description: 'bonds, charges, energies, formation, potentials, references, oxygen-pairs, delithiation, moments, levels, starts, convergence; default: bonds, charges, oxygen-pairs where Li was removed, formation and potentials where there are references' },
    { flags: '--format <name>', description: 'text, csv, json, markdown, latex, html are printed; xlsx and parquet are saved', default: 'text' },
    { flags: '--no-save', description: 'print only' },
    { flags: '--revision <number>', description: 'as an earlier text of the screen asked for it, with results that are obsolete now; prints only' },
    projectOption,
  ],
  examples: [
    'dopant results li2mno3-010',
    'dopant results li2mno3-010 --table bonds --format csv --no-save',
    'dopant results li2mno3-010 --table bonds charges energies --format xlsx',
    'dopant results li2mno3-010 --revision 1',
  ],
  run: async ([screenName = ''], options, io) => {
    const format = textOption(options['format']) ?? 'text'
    const revision = options['revision'] === undefined ? undefined : numberOption('--revision', options['revision'])
    const savedFormats = formatsToSave(format, options['save'] !== false && revision === undefined)
    const workspace = workspaceOptions(options, io)
    const { store, close } = await openStore(workspace)
    try {
      const tables = (options['table'] as readonly string[] | undefined) ?? []
      const read = revision === undefined ? store : await storeAtRevision(store, screenName, revision)
      await printResults(read, { screenName, tables, format, savedFormats }, workspace, io)
    } finally {
      await close()
    }
    return 0
  },
}

const usualFormats = ['csv', 'json', 'markdown']

/** Text formats are saved beside the usual three; a format that is a file is saved alone. @throws OptionValueError, UnknownFormatError */
function formatsToSave(format: string, isSaving: boolean): readonly string[] {
  const isFile = fileExporterFor(format) !== undefined
  if (isFile && !isSaving) {
    const printed = formatNames.filter((name) => fileExporterFor(name) === undefined)
    throw new OptionValueError('--no-save', format, `Leave out --no-save, or print ${printed.join(', ')}.`)
  }
  if (!isSaving) return []
  if (isFile) return [format]
  return format === 'text' || usualFormats.includes(format) || format === 'md' ? usualFormats : [...usualFormats, format]
}
