import { findTarget, targetWords } from '../../app/screens/find-target.ts'
import { openStore } from '../../compose.ts'
import type { CommandDefinition } from '../command.ts'
import { numberOption, OptionValueError } from '../option-values.ts'
import { projectOption, workspaceOptions } from '../workspace-options.ts'

const most = 100

export const priorityCommand: CommandDefinition = {
  name: 'priority',
  summary: 'say what starts first among everything that is ready',
  arguments: [
    { name: '<target>', description: targetWords },
    { name: '<number>', description: `−${most} to ${most}; higher goes first, 0 is usual; write a negative one after --` },
  ],
  options: [projectOption],
  examples: ['dopant priority li2mno3-010/B-on-Mn 10', 'dopant priority li2mno3-010 -- -5'],
  run: async ([target = '', text = ''], options, io) => {
    const priority = numberOption('the priority', text)
    if (!Number.isInteger(priority) || Math.abs(priority) > most) {
      throw new OptionValueError('The priority', text, `Give a whole number from -${most} to ${most}.`)
    }
    const { store, close } = await openStore(workspaceOptions(options, io))
    try {
      const found = await findTarget(store, target)
      const changed = await store.setPriority(found.map(({ id }) => id), priority)
      io.stdout.write(`${changed} of ${found.length} calculations have priority ${priority} now; the others have ended.\n`)
    } finally {
      await close()
    }
    return 0
  },
}
