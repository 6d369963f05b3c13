import { openStore, sitesOf } from '../../compose.ts'
import { CalculationUnknownError } from '../../ports/store-errors.ts'
import { folderOf } from '../../app/hands/no-folder.ts'
import type { CommandDefinition } from '../command.ts'
import { projectOption, workspaceOptions } from '../workspace-options.ts'

export const pathCommand: CommandDefinition = {
  name: 'path',
  summary: 'print where the files of a calculation are: folder, or host:folder',
  arguments: [{ name: '<id>', description: 'id of a calculation, as `dopant status` prints it' }],
  options: [projectOption],
  examples: ['dopant path li2mno3-010/pristine/relax', 'cd "$(dopant path li2mno3-010/pristine/relax)"'],
  run: async ([id = ''], options, io) => {
    const workspace = workspaceOptions(options, io)
    const { store, close } = await openStore(workspace)
    try {
      const calculation = await store.calculation(id)
      if (calculation === undefined) throw new CalculationUnknownError(id)
      const remoteFolder = folderOf(calculation)
      const transport = sitesOf(workspace).get(calculation.site)?.transport
      const host = transport?.kind === 'ssh' ? `${transport.user === undefined ? '' : `${transport.user}@`}${transport.host}:` : ''
      io.stdout.write(`${host}${remoteFolder}\n`)
    } finally {
      await close()
    }
    return 0
  },
}
