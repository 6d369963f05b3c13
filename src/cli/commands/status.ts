import { openStore } from '../../compose.ts'
import type { CalculationSummary } from '../../ports/store.ts'
import { alignedText } from '../aligned-text.ts'
import type { CommandDefinition } from '../command.ts'
import { countStates } from '../progress.ts'
import { projectOption, workspaceOptions } from '../workspace-options.ts'

export const statusCommand: CommandDefinition = {
  name: 'status',
  summary: 'show where every calculation is',
  arguments: [{ name: '[screen]', description: 'name of a screen; default: all' }],
  options: [{ flags: '--json', description: 'one JSON object' }, projectOption],
  examples: ['dopant status', 'dopant status li2mno3-010 --json'],
  run: async ([screenName], options, io) => {
    const { store, close } = await openStore(workspaceOptions(options, io))
    try {
      const calculations = await store.summaries(screenName === undefined ? {} : { screenName })
      if (options['json'] === true) io.stdout.write(`${JSON.stringify({ calculations: calculations })}\n`)
      else io.stdout.write(forPeople(calculations))
    } finally {
      await close()
    }
    return 0
  },
}

function forPeople(calculations: readonly CalculationSummary[]): string {
  if (calculations.length === 0) return 'Nothing was submitted here yet; `dopant run SCREEN` does it.\n'
  const rows = calculations.map((each) => [
    each.id,
    each.state,
    each.site,
    each.attempt === 0 ? '' : `attempt ${each.attempt}`,
    each.failure?.message ?? '',
  ])
  return `${alignedText(['calculation', 'state', 'site', '', ''], rows)}\n${countStates(calculations)}\n`
}
