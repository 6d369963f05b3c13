import { cancel, cancellable, type Cancelled } from '../../app/engine/cancel.ts'
import { targetWords } from '../../app/screens/find-target.ts'
import { askOwner, openStore, openWorkspace } from '../../compose.ts'
import type { CalculationSummary } from '../../ports/store.ts'
import type { CommandDefinition, CommandIo } from '../command.ts'
import { confirm, yesOption } from '../confirm.ts'
import { countStates } from '../progress.ts'
import { projectOption, workspaceOptions } from '../workspace-options.ts'

export const cancelCommand: CommandDefinition = {
  name: 'cancel',
  summary: 'end jobs, and let what has no job never start',
  arguments: [{ name: '<targets...>', description: targetWords }],
  options: [yesOption, { flags: '--json', description: 'one JSON object' }, projectOption],
  examples: ['dopant cancel li2mno3-010/B-on-Mn', 'dopant cancel li2mno3-010 --yes'],
  run: async (targets, options, io) => {
    const workspaceFor = workspaceOptions(options, io)
    const found = await lookFirst(workspaceFor, targets)
    if (found.length > 0 && options['yes'] !== true) await confirm(confirmationOf(targets, found), io)
    // An engine that runs here does it itself, over the connection that it has.
    const answer = found.length === 0 ? nothing : await askOwner<Cancelled>(workspaceFor, 'cancel', targets)
    const done = answer ?? (await cancelHere(workspaceFor, targets))
    if (options['json'] === true) io.stdout.write(`${JSON.stringify(done)}\n`)
    else print(done, io)
    return done.inDoubt.length === 0 ? 0 : 1
  },
}

const nothing: Cancelled = { cancelled: [], cancelling: [], inDoubt: [] }

async function lookFirst(workspaceFor: ReturnType<typeof workspaceOptions>, targets: readonly string[]) {
  const { store, close } = await openStore(workspaceFor)
  try {
    return await cancellable(store, targets)
  } finally {
    await close()
  }
}

async function cancelHere(workspaceFor: ReturnType<typeof workspaceOptions>, targets: readonly string[]): Promise<Cancelled> {
  const { parts, close } = await openWorkspace(workspaceFor)
  try {
    return await cancel(parts, targets)
  } finally {
    await close()
  }
}

function print({ cancelled, cancelling, inDoubt }: Cancelled, io: CommandIo): void {
  for (const id of cancelled) io.stdout.write(`${id} cancelled\n`)
  for (const id of cancelling) io.stdout.write(`${id} its job was asked to end\n`)
  for (const id of inDoubt) io.stdout.write(`${id} is just being submitted: cancel it again in a minute\n`)
  if (cancelled.length + cancelling.length + inDoubt.length === 0) io.stdout.write('There is nothing to cancel.\n')
  if (cancelling.length > 0) io.stderr.write('They are cancelled when the next `dopant run` or `dopant serve` sees that the jobs are gone.\n')
}

function confirmationOf(targets: readonly string[], found: readonly CalculationSummary[]) {
  return {
    warning: `${targets.join(', ')}: ${found.length} calculations end here: ${countStates(found)}.`,
    question: 'Cancel them (yes/no)? ',
    refused: 'Nothing was cancelled: nobody confirmed it.',
    remedy: 'Repeat the command with --yes.',
  }
}
