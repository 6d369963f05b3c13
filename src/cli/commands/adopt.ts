import { acceptByHand, lookByHand, rejectByHand, type ByHand } from '../../app/hands/adopt.ts'
import { askOwner, openBesideOwner } from '../../compose.ts'
import { alignedText } from '../aligned-text.ts'
import type { CommandDefinition } from '../command.ts'
import { OptionValueError } from '../option-values.ts'
import { projectOption, workspaceOptions } from '../workspace-options.ts'

export const adoptCommand: CommandDefinition = {
  name: 'adopt',
  summary: 'show what was changed by hand in a calculation’s folder, and take it or leave it',
  arguments: [{ name: '<id>', description: 'id of a calculation, as `dopant status` prints it' }],
  options: [
    { flags: '--accept', description: 'take the run as it lies there; its rows say so' },
    { flags: '--reject', description: 'run it again as planned, in a folder of its own' },
    projectOption,
  ],
  examples: ['dopant adopt li2mno3-010/B-on-Mn/relax', 'dopant adopt li2mno3-010/B-on-Mn/relax --accept'],
  run: async ([id = ''], options, io) => {
    const [accepts, rejects] = [options['accept'] === true, options['reject'] === true]
    if (accepts && rejects) throw new OptionValueError('--accept', 'with --reject', 'Give one of the two.')
    const workspace = workspaceOptions(options, io)
    const { parts, close } = await openBesideOwner(workspace)
    try {
      const byHand = await lookByHand(parts, id)
      io.stdout.write(forPeople(byHand))
      if (accepts) await acceptByHand(parts, byHand)
      if (rejects) await rejectByHand(parts, byHand)
    } finally {
      await close()
    }
    if (!accepts && !rejects) return 0
    const isRunning = (await askOwner(workspace, 'reconcile', {})) !== undefined
    if (!isRunning) io.stderr.write('It goes on with the next `dopant run` of its screen, or `dopant serve`.\n')
    return 0
  },
}

function forPeople({ calculation: { id, state }, attempt, edits }: ByHand): string {
  if (edits.length === 0) return `${id} (${state}): nothing was changed by hand in attempt ${attempt.attempt}.\n`
  const rows = edits.map(({ name, what, how }) => [name, what, how])
  return `${id} (${state}), attempt ${attempt.attempt}\n${alignedText(['file', '', ''], rows)}`
}
