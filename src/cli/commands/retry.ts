import { retryFailed } from '../../app/screens/retry-failed.ts'
import { openStore } from '../../compose.ts'
import type { CommandDefinition } from '../command.ts'
import { projectOption, workspaceOptions } from '../workspace-options.ts'

export const retryCommand: CommandDefinition = {
  name: 'retry',
  summary: 'let failed calculations try again',
  arguments: [{ name: '[ids...]', description: 'calculations or screens; default: all that failed' }],
  options: [projectOption],
  examples: ['dopant retry li2mno3-010/B-on-Mn/relax', 'dopant retry'],
  run: async (ids, options, io) => {
    const { store, close } = await openStore(workspaceOptions(options, io))
    try {
      const moved = await retryFailed(store, ids)
      io.stdout.write(moved.length === 0 ? 'Nothing has failed.\n' : `${moved.join('\n')}\n`)
      if (moved.length > 0) io.stderr.write('They start with the next `dopant run` of their screen.\n')
    } finally {
      await close()
    }
    return 0
  },
}
