import { cleanScreen, type Cleaned, type CleanWish } from '../../app/engine/tidy.ts'
import { ScreenUnknownError } from '../../app/results/screen-results.ts'
import { askOwner, openStore, openWorkspace, type WorkspaceOptions } from '../../compose.ts'
import { gigabytes } from '../../workflow/disk/disk-words.ts'
import type { CommandDefinition } from '../command.ts'
import { confirm, type Confirmation } from '../confirm.ts'
import { projectOption, workspaceOptions } from '../workspace-options.ts'

export const cleanCommand: CommandDefinition = {
  name: 'clean',
  summary: 'remove large files of a screen that nothing needs any more',
  arguments: [{ name: '<screen>', description: 'name of a screen' }],
  options: [
    { flags: '--dry-run', description: 'only list what would go' },
    { flags: '--yes', description: 'do not ask' },
    { flags: '--json', description: 'one JSON object' },
    projectOption,
  ],
  examples: ['dopant clean li2mno3-010 --dry-run', 'dopant clean li2mno3-010 --yes'],
  run: async ([screenName = ''], options, io) => {
    const workspace = workspaceOptions(options, io)
    await refuseUnknown(workspace, screenName)
    const isDryRun = options['dryRun'] === true
    if (!isDryRun && options['yes'] !== true) await confirm(confirmationOf(screenName), io)
    const cleaned = await cleanThere(workspace, { screenName, isDryRun })
    const bytes = sum(cleaned.flatMap(({ files }) => files))
    io.stdout.write(options['json'] === true ? `${JSON.stringify({ isDryRun, bytes, calculations: cleaned })}\n` : forPeople(cleaned, isDryRun))
    return 0
  },
}

/** An engine of this project that runs here does it itself. */
async function cleanThere(workspace: WorkspaceOptions, wish: CleanWish): Promise<readonly Cleaned[]> {
  const answer = await askOwner<readonly Cleaned[]>(workspace, 'clean', wish)
  if (answer !== undefined) return answer
  const { parts, close } = await openWorkspace(workspace)
  try {
    return await cleanScreen(parts, wish)
  } finally {
    await close()
  }
}

async function refuseUnknown(workspace: WorkspaceOptions, name: string): Promise<void> {
  const { store, close } = await openStore(workspace)
  try {
    if ((await store.screen(name)) !== undefined) return
    throw new ScreenUnknownError(name, (await store.screens()).map((screen) => screen.name))
  } finally {
    await close()
  }
}

function forPeople(cleaned: readonly Cleaned[], isDryRun: boolean): string {
  if (cleaned.length === 0) return 'No large file can be spared: what is there is needed, asked for with keep, or gone already.\n'
  const lines = cleaned.map(({ id, site, files }) => `${id} on ${site}: ${files.map(fileWords).join(', ')}`)
  const total = gigabytes(sum(cleaned.flatMap(({ files }) => files)))
  return `${lines.join('\n')}\n${isDryRun ? `${total} would go.` : `${total} removed.`}\n`
}

function fileWords({ path, bytes }: Cleaned['files'][number]): string {
  return `${path.split('/').slice(-2).join('/')} (${gigabytes(bytes)})`
}

function sum(files: readonly { readonly bytes: number }[]): number {
  return files.reduce((total, { bytes }) => total + bytes, 0)
}

function confirmationOf(screenName: string): Confirmation {
  return {
    warning: `The large files of ${screenName} that nothing needs any more are removed on their sites; results, inputs and small outputs stay.`,
    question: 'Remove them (yes/no)? ',
    refused: 'Nothing was removed: nobody confirmed it.',
    remedy: 'Look with --dry-run, then repeat the command with --yes.',
  }
}
