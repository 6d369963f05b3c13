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
    { flags: '--columns <keys...>', description: 'only these columns, in this order, by the keys of docs/tables.md or a json; prints only. Flags, and the method of rehearsal rows, stay' },
    { flags: '--no-save', description: 'print only' },
    { flags: '--revision <number>', description: 'as an earlier text of the screen asked for it, with results that are obsolete now; prints only' },
    projectOption,
  ],
  examples: [
    'dopant results li2mno3-010',
    'dopant results li2mno3-010 --table bonds --format csv --no-save',
    'dopant results li2mno3-010 --table bonds charges energies --format xlsx',
    'dopant results li2mno3-010 --table bonds --columns candidate bond coordination meanAngstrom --format latex',
    'dopant results li2mno3-010 --revision 1',
  ],
  run: async ([screenName = ''], options, io) => {
    const format = textOption(options['format']) ?? 'text'
    const revision = options['revision'] === undefined ? undefined : numberOption('--revision', options['revision'])
    const columns = (options['columns'] as readonly string[] | undefined) ?? []
    const printsOnly = options['save'] === false ? '--no-save' : revision !== undefined ? '--revision' : columns.length > 0 ? '--columns' : undefined
    const savedFormats = formatsToSave(format, printsOnly)
    const workspace = workspaceOptions(options, io)
    const { store, close } = await openStore(workspace)
    try {
      const tables = (options['table'] as readonly string[] | undefined) ?? []
      const read = revision === undefined ? store : await storeAtRevision(store, screenName, revision)
      await printResults(read, { screenName, tables, columns, format, savedFormats }, workspace, io)
    } finally {
      await close()
    }
    return 0
  },
}

const usualFormats = ['csv', 'json', 'markdown']

/**
 * Text formats are saved beside the usual three; a format that is a file is saved alone.
 *
 * @param printsOnly the option by which nothing is saved
 * @throws OptionValueError, UnknownFormatError
 */
function formatsToSave(format: string, printsOnly: string | undefined): readonly string[] {
  const isFile = fileExporterFor(format) !== undefined
  if (isFile && printsOnly !== undefined) {
    const printed = formatNames.filter((name) => fileExporterFor(name) === undefined)
    throw new OptionValueError('--format', format, `Leave out ${printsOnly}, with which nothing is saved, or print ${printed.join(', ')}.`)
  }
  if (printsOnly !== undefined) return []
  if (isFile) return [format]
  return format === 'text' || usualFormats.includes(format) || format === 'md' ? usualFormats : [...usualFormats, format]
}
