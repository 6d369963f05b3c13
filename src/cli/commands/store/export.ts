import { relative, resolve } from 'node:path'
import { writeLinesWhole } from '../../../app/files/write-lines-whole.ts'
import { openBackup } from '../../../compose.ts'
import type { CommandDefinition } from '../../command.ts'
import { projectOption, workspaceOptions } from '../../workspace-options.ts'

export const storeExportCommand: CommandDefinition = {
  name: 'export',
  summary: 'write everything that the store knows to a file of JSON lines',
  arguments: [{ name: '<file>', description: 'written whole or not at all' }],
  options: [projectOption],
  examples: ['dopant store export backup.jsonl', 'DATABASE_URL=postgres://… dopant store export backup.jsonl'],
  run: async ([file = ''], options, io) => {
    const path = resolve(io.cwd, file)
    const { backup, close } = await openBackup(workspaceOptions(options, io))
    try {
      const lines = await writeLinesWhole(path, backup.exportLines())
      io.stdout.write(`${relative(io.cwd, path)}: ${lines - 2} rows\n`)
    } finally {
      await close()
    }
    return 0
  },
}
