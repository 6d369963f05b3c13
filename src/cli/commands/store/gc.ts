import { systemClock } from '../../../adapters/clock/system-clock.ts'
import { leastAgeHours, removeUnused, sumBytes, unusedObjects, type UnusedObjects } from '../../../app/provenance/unused-objects.ts'
import { openObjectStock, openStore } from '../../../compose.ts'
import type { StockedObject } from '../../../ports/objects.ts'
import type { CommandDefinition } from '../../command.ts'
import { confirm, yesOption } from '../../confirm.ts'
import { projectOption, workspaceOptions } from '../../workspace-options.ts'

export const storeGcCommand: CommandDefinition = {
  name: 'gc',
  summary: 'remove kept copies of inputs and outputs that no attempt refers to',
  options: [
    { flags: '--dry-run', description: 'only list what would go' },
    yesOption,
    { flags: '--json', description: 'one JSON object' },
    projectOption,
  ],
  examples: ['dopant store gc --dry-run', 'dopant store gc --yes'],
  run: async (_, options, io) => {
    const workspace = workspaceOptions(options, io)
    const { store, close } = await openStore(workspace)
    try {
      const stock = openObjectStock(workspace)
      const found = await unusedObjects(store, stock, systemClock)
      const isDryRun = options['dryRun'] === true
      if (found.unused.length > 0 && !isDryRun && options['yes'] !== true) await confirm(confirmationOf(found), io)
      const removed = isDryRun ? [] : await removeUnused(stock, found)
      io.stdout.write(options['json'] === true ? `${JSON.stringify(forMachines(found, removed, isDryRun))}\n` : forPeople(found, removed, isDryRun))
    } finally {
      await close()
    }
    return 0
  },
}

function confirmationOf({ unused }: UnusedObjects) {
  return {
    warning: `${unused.length} kept files (${megabytes(unused)}) belong to no attempt of this project; they are removed for good.`,
    question: 'Remove them (yes/no)? ',
    refused: 'Nothing was removed: nobody confirmed it.',
    remedy: 'Look with --dry-run, then repeat the command with --yes.',
  }
}

function forMachines({ unused, keptCount, keptBytes, youngCount }: UnusedObjects, removed: readonly StockedObject[], isDryRun: boolean): object {
  return { isDryRun, unused, removedCount: removed.length, removedBytes: sumBytes(removed), keptCount, keptBytes, youngCount }
}

function forPeople(found: UnusedObjects, removed: readonly StockedObject[], isDryRun: boolean): string {
  const { unused, keptCount, youngCount } = found
  const listed = isDryRun ? unused.map(({ sha256, bytes, touchedAt }) => `${sha256}  ${bytes} bytes  ${touchedAt.toISOString().slice(0, 10)}\n`) : []
  const gone = isDryRun ? `${unused.length} files (${megabytes(unused)}) would go` : `${removed.length} files (${megabytes(removed)}) removed`
  const young = youngCount === 0 ? '' : `, ${youngCount} younger than ${leastAgeHours} hours stay for now`
  return `${listed.join('')}${gone}; ${keptCount} are referred to and stay${young}.\n`
}

function megabytes(objects: readonly StockedObject[]): string {
  return `${(sumBytes(objects) / 1e6).toFixed(1)} MB`
}
