import { createReadStream, existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { FileMissingError } from '../../../app/files/file-missing.ts'
import { openBackup } from '../../../compose.ts'
import type { CommandDefinition } from '../../command.ts'
import { projectOption, workspaceOptions } from '../../workspace-options.ts'

export const storeImportCommand: CommandDefinition = {
  name: 'import',
  summary: 'read such a file into a project without screens',
  arguments: [{ name: '<file>', description: 'written by `dopant store export` of this version or an older one' }],
  options: [projectOption],
  examples: ['dopant store import backup.jsonl --project moved', 'DATABASE_URL=postgres://… dopant store import backup.jsonl'],
  run: async ([file = ''], options, io) => {
    const path = resolve(io.cwd, file)
    if (!existsSync(path)) throw new FileMissingError(path, 'exported store')
    const { backup, close } = await openBackup(workspaceOptions(options, io))
    try {
      const rows = await backup.importLines(createInterface({ input: createReadStream(path), crlfDelay: Infinity }))
      io.stdout.write(`${rows} rows\n`)
      io.stderr.write('The imported store does not drive its sites yet: `dopant take-over` makes it the one that does.\n')
    } finally {
      await close()
    }
    return 0
  },
}
