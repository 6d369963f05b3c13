import { seriesFlagsOf, seriesFlagWords, type SeriesFlag } from '../../app/results/series-flags.ts'
import { explainCalculation, type ExplainedAttempt, type Explanation } from '../../app/watch/explain-calculation.ts'
import { methodOfSite, openStore } from '../../compose.ts'
import { CalculationUnknownError } from '../../ports/store-errors.ts'
import type { CommandDefinition } from '../command.ts'
import { projectOption, workspaceOptions } from '../workspace-options.ts'

export const whyCommand: CommandDefinition = {
  name: 'why',
  summary: 'tell in words what happened to a calculation, what was tried, and what to do next',
  arguments: [{ name: '<id>', description: 'id of a calculation, as `dopant status` prints it' }],
  options: [{ flags: '--json', description: 'one JSON object' }, projectOption],
  examples: ['dopant why li2mno3-010/B-on-Mn/relax'],
  run: async ([id = ''], options, io) => {
    const workspace = workspaceOptions(options, io)
    const { store, close } = await openStore(workspace)
    try {
      const calculation = await store.calculation(id)
      if (calculation === undefined) throw new CalculationUnknownError(id)
      const explanation = await explainCalculation(store, id)
      const flags = await seriesFlagsOf(store, calculation, methodOfSite(workspace))
      io.stdout.write(options['json'] === true ? `${JSON.stringify({ ...explanation, seriesFlags: flags })}\n` : forPeople(explanation, flags))
    } finally {
      await close()
    }
    return 0
  },
}

function forPeople({ id, now, attempts, next }: Explanation, flags: readonly SeriesFlag[]): string {
  const todo = [...next, ...othersToAsk(flags)]
  if (todo.length === 0) todo.push('Nothing is to be done.')
  return [id, now, '', ...attempts.flatMap(attemptLines), ...flagLines(flags), 'What to do', ...todo.map((line) => `  ${line}`), ''].join('\n')
}

/** The rows of the candidate in the tables, which the calculation itself may know nothing of. */
function flagLines(flags: readonly SeriesFlag[]): readonly string[] {
  return flags.length === 0 ? [] : ['Its rows in the tables say', ...flags.map((flag) => `  ${seriesFlagWords(flag)}`), '']
}

function othersToAsk(flags: readonly SeriesFlag[]): readonly string[] {
  const others = [...new Set(flags.flatMap(({ of }) => of ?? []))]
  return others.map((other) => `Its numbers are differences to ${other}: \`dopant why\` of that member tells how the series comes to agree.`)
}

function attemptLines({ attempt, site, coreHours, changes, starts, ended, found, decided }: ExplainedAttempt): readonly string[] {
  const cost = coreHours === null ? '' : `, ${coreHours.toFixed(2)} core-hours`
  return [
    `Attempt ${attempt} on ${site} ${ended}${cost}`,
    ...changes.map((line) => `  changed  ${line}`),
    ...(starts === null ? [] : [`  started  ${starts}`]),
    ...found.map((line) => `  found    ${line}`),
    ...decided.map((line, i) => `  ${i === 0 ? 'then  ' : 'note  '}   ${line}`),
    '',
  ]
}
