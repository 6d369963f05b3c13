import { explainCalculation, type ExplainedAttempt, type Explanation } from '../../app/watch/explain-calculation.ts'
import { openStore } from '../../compose.ts'
import type { CommandDefinition } from '../command.ts'
import { projectOption, workspaceOptions } from '../workspace-options.ts'

export const whyCommand: CommandDefinition = {
  name: 'why',
  summary: 'tell in words what happened to a calculation, what was tried, and what to do next',
  arguments: [{ name: '<id>', description: 'id of a calculation, as `dopant status` prints it' }],
  options: [{ flags: '--json', description: 'one JSON object' }, projectOption],
  examples: ['dopant why li2mno3-010/B-on-Mn/relax'],
  run: async ([id = ''], options, io) => {
    const { store, close } = await openStore(workspaceOptions(options, io))
    try {
      const explanation = await explainCalculation(store, id)
      io.stdout.write(options['json'] === true ? `${JSON.stringify(explanation)}\n` : forPeople(explanation))
    } finally {
      await close()
    }
    return 0
  },
}

function forPeople({ id, now, attempts, next }: Explanation): string {
  const todo = next.length === 0 ? ['Nothing is to be done.'] : next
  return [id, now, '', ...attempts.flatMap(attemptLines), 'What to do', ...todo.map((line) => `  ${line}`), ''].join('\n')
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
