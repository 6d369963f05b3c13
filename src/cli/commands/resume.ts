import { targetWords } from '../../app/screens/find-target.ts'
import { releaseSites } from '../../app/engine/held-site.ts'
import { resume } from '../../app/screens/pause.ts'
import { askOwner, openStore } from '../../compose.ts'
import type { CommandDefinition } from '../command.ts'
import { projectOption, workspaceOptions } from '../workspace-options.ts'

export const resumeCommand: CommandDefinition = {
  name: 'resume',
  summary: 'let held calculations go on, and ask a site again whose settings were refused (site:NAME)',
  arguments: [{ name: '<targets...>', description: targetWords }],
  options: [projectOption],
  examples: ['dopant resume li2mno3-010', 'dopant resume site:cluster'],
  run: async (targets, options, io) => {
    const workspace = workspaceOptions(options, io)
    const { store, close } = await openStore(workspace)
    let moved: readonly string[]
    let released: readonly string[]
    try {
      released = await releaseSites(store, targets)
      moved = await resume(store, targets)
    } finally {
      await close()
    }
    for (const site of released) io.stdout.write(`${site} is asked again.\n`)
    if (moved.length > 0) io.stdout.write(`${moved.join('\n')}\n`)
    else if (released.length === 0) io.stdout.write('Nothing was held.\n')
    const isRunning = (await askOwner(workspace, 'reconcile', {})) !== undefined
    if (moved.length + released.length > 0 && !isRunning) io.stderr.write('They start with the next `dopant run` of their screen, or `dopant serve`.\n')
    return 0
  },
}
