import { openStore } from '../../compose.ts'
import type { CommandDefinition } from '../command.ts'
import { textOption } from '../option-values.ts'
import { printResults } from '../print-results.ts'
import { projectOption, workspaceOptions } from '../workspace-options.ts'

export const resultsCommand: CommandDefinition = {
  name: 'results',
  summary: 'print and save the tables of a screen',
  arguments: [{ name: '<screen>', description: 'name of the screen' }],
  options: [
    { flags: '--table <names...>', description: 'bonds, charges, energies, oxygen-pairs, moments; default: bonds, charges, and oxygen-pairs where Li was removed' },
    { flags: '--format <name>', description: 'text, csv, json, markdown', default: 'text' },
    { flags: '--no-save', description: 'print only' },
    projectOption,
  ],
  examples: ['dopant results li2mno3-010', 'dopant results li2mno3-010 --table bonds --format csv --no-save'],
  run: async ([screenName = ''], options, io) => {
    const workspace = workspaceOptions(options, io)
    const { store, close } = await openStore(workspace)
    try {
      const tables = (options['table'] as readonly string[] | undefined) ?? []
      const savedFormats = options['save'] === false ? [] : ['csv', 'json', 'markdown']
      const format = textOption(options['format']) ?? 'text'
      await printResults(store, { screenName, tables, format, savedFormats }, workspace, io)
    } finally {
      await close()
    }
    return 0
  },
}
