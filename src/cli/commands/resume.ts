import { targetWords } from '../../app/screens/find-target.ts'
import { resume } from '../../app/screens/pause.ts'
import { askOwner, openStore } from '../../compose.ts'
import type { CommandDefinition } from '../command.ts'
import { projectOption, workspaceOptions } from '../workspace-options.ts'

export const resumeCommand: CommandDefinition = {
  name: 'resume',
  summary: 'let held calculations go on',
  arguments: [{ name: '<targets...>', description: targetWords }],
  options: [projectOption],
  examples: ['dopant resume li2mno3-010', 'dopant resume site:cluster'],
  run: async (targets, options, io) => {
    const workspace = workspaceOptions(options, io)
    const { store, close } = await openStore(workspace)
    let moved: readonly string[]
    try {
      moved = await resume(store, targets)
    } finally {
      await close()
    }
    io.stdout.write(moved.length === 0 ? 'Nothing was held.\n' : `${moved.join('\n')}\n`)
    const isRunning = (await askOwner(workspace, 'reconcile', {})) !== undefined
    if (moved.length > 0 && !isRunning) io.stderr.write('They start with the next `dopant run` of their screen, or `dopant serve`.\n')
    return 0
  },
}
