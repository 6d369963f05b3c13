import { lastKnownOwner, sitesInUse, takeOver, type TakenOver } from '../../app/engine/take-over.ts'
import { askOwner, openWorkspace } from '../../compose.ts'
import type { CommandDefinition, CommandIo } from '../command.ts'
import { confirm, type Confirmation } from '../confirm.ts'
import { textOption } from '../option-values.ts'
import { projectOption, workspaceOptions } from '../workspace-options.ts'

export const takeOverCommand: CommandDefinition = {
  name: 'take-over',
  summary: 'make this copy of the project the one that drives its sites',
  options: [
    { flags: '--site <name>', description: 'only this site; default: all that the project uses' },
    { flags: '--yes', description: 'do not ask: the other copy is certainly not used any more' },
    projectOption,
  ],
  examples: ['dopant take-over', 'dopant take-over --site cluster --yes'],
  run: async (_, options, io) => {
    const site = textOption(options['site'])
    const workspaceFor = workspaceOptions(options, io)
    if (options['yes'] !== true) await confirm(confirmationOf(site ?? 'its sites'), io)
    // An engine of this project that runs here does it itself, and goes on under the new epoch.
    const answer = await askOwner<readonly TakenOver[]>(workspaceFor, 'take-over', { site })
    print(answer ?? (await takeOverHere(workspaceFor, site, io)), io)
    return 0
  },
}

async function takeOverHere(workspaceFor: ReturnType<typeof workspaceOptions>, site: string | undefined, io: CommandIo) {
  const { parts, close } = await openWorkspace({ ...workspaceFor, takeOver: true })
  try {
    const names = site === undefined ? await sitesInUse(parts) : [site]
    for (const name of names) if (parts.sites.has(name)) io.stderr.write(`${await lastKnownOwner(parts, name)}\n`)
    return await takeOver(parts, names)
  } finally {
    await close()
  }
}

function print(taken: readonly TakenOver[], io: CommandIo): void {
  if (taken.length === 0) io.stdout.write('No site is in use.\n')
  for (const { site, epoch } of taken) io.stdout.write(`${site}: this copy drives the project now (epoch ${epoch}).\n`)
  if (taken.length > 0) io.stderr.write('Attempts that this store does not know are adopted when their calculations come up.\n')
}

function confirmationOf(what: string): Confirmation {
  return {
    warning: `This copy will drive the project on ${what}; any other copy, such as one on another laptop, stops there.`,
    question: 'Is the other copy no longer used (yes/no)? ',
    refused: 'Nothing was taken over: nobody confirmed it.',
    remedy: 'Repeat the command with --yes when the other copy no longer drives the project.',
  }
}
