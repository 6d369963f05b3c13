import { acceptByHand, lookByHand, rejectByHand, type ByHand } from '../../app/hands/adopt.ts'
import { lookForHands } from '../../app/hands/look-for-hands.ts'
import { askOwner, openBesideOwner } from '../../compose.ts'
import { alignedText } from '../aligned-text.ts'
import type { CommandDefinition, CommandIo, ExitCode } from '../command.ts'
import { OptionValueError } from '../option-values.ts'
import { projectOption, workspaceOptions } from '../workspace-options.ts'

export const adoptCommand: CommandDefinition = {
  name: 'adopt',
  summary: 'show what was changed by hand in a calculation’s folder, and take it or leave it',
  arguments: [{ name: '[id]', description: 'id of a calculation, as `dopant status` prints it; without it every folder of the project is looked at' }],
  options: [
    { flags: '--accept', description: 'take the run as it lies there; its rows say so' },
    { flags: '--reject', description: 'run it again as planned, in a folder of its own' },
    projectOption,
  ],
  examples: ['dopant adopt', 'dopant adopt li2mno3-010/B-on-Mn/relax', 'dopant adopt li2mno3-010/B-on-Mn/relax --accept'],
  run: async ([id], options, io) => {
    const [accepts, rejects] = [options['accept'] === true, options['reject'] === true]
    if (accepts && rejects) throw new OptionValueError('--accept', 'with --reject', 'Give one of the two.')
    const workspace = workspaceOptions(options, io)
    const { parts, close } = await openBesideOwner(workspace)
    try {
      if (id === undefined) return await listAll(parts, accepts || rejects, io)
      const byHand = await lookByHand(parts, id)
      io.stdout.write(forPeople(byHand))
      if (accepts) tellAgain(await acceptByHand(parts, byHand), io)
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

/** Asks every site that has run something. */
async function listAll(parts: Parameters<typeof lookForHands>[0], decides: boolean, io: CommandIo): Promise<ExitCode> {
  if (decides) throw new OptionValueError('--accept and --reject', 'without an id', 'Name the calculation to decide about.')
  const ran = new Set((await parts.store.summaries({ withObsolete: true })).filter(({ remoteFolder }) => remoteFolder !== null).map(({ site }) => site))
  const noted = []
  for (const site of [...ran].filter((name) => parts.sites.has(name))) noted.push(...(await lookForHands(parts, site)))
  const rows = noted.map(({ calculationId, attempt, names }) => [calculationId, `attempt ${attempt}`, names.join(', ')])
  io.stdout.write(rows.length === 0 ? 'Nothing that has ended was changed by hand.\n' : alignedText(['calculation', '', 'changed by hand'], rows))
  return 0
}

function tellAgain(ids: readonly string[], io: CommandIo): void {
  if (ids.length > 0) io.stdout.write(`Run again, because they started from what was there before: ${ids.join(', ')}\n`)
}

function forPeople({ calculation: { id, state }, attempt, edits, startedFromIt }: ByHand): string {
  if (edits.length === 0) return `${id} (${state}): nothing was changed by hand in attempt ${attempt.attempt}.\n`
  const rows = edits.map(({ name, what, how }) => [name, what, how])
  const again = startedFromIt.length === 0 ? '' : `With --accept these run again, which started from it: ${startedFromIt.map((each) => each.id).join(', ')}\n`
  return `${id} (${state}), attempt ${attempt.attempt}\n${alignedText(['file', '', ''], rows)}${again}`
}
