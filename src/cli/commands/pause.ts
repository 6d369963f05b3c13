import { targetWords } from '../../app/screens/find-target.ts'
import { pause } from '../../app/screens/pause.ts'
import { openStore } from '../../compose.ts'
import type { CommandDefinition } from '../command.ts'
import { projectOption, workspaceOptions } from '../workspace-options.ts'

export const pauseCommand: CommandDefinition = {
  name: 'pause',
  summary: 'hold calculations that have no job yet',
  arguments: [{ name: '<targets...>', description: targetWords }],
  options: [projectOption],
  examples: ['dopant pause li2mno3-010', 'dopant pause li2mno3-010/B-on-Mn', 'dopant pause site:cluster'],
  run: async (targets, options, io) => {
    const { store, close } = await openStore(workspaceOptions(options, io))
    try {
      const { moved, running } = await pause(store, targets)
      io.stdout.write(moved.length === 0 ? 'Nothing was waiting.\n' : `${moved.join('\n')}\n`)
      if (running.length > 0) io.stderr.write(`${running.length} have jobs already; they run to their end: ${running.join(', ')}\n`)
    } finally {
      await close()
    }
    return 0
  },
}
