import type { FormalStates } from '../../analysis/formal-states.ts'

/** A screen file for runs that no screen planned: it says what the tables need and asks for no calculation. */
export function importedScreenText(screenName: string, states: FormalStates): string {
  const charges = Object.entries(states).map(([element, charge]) => `${element}: ${charge}`)
  return [
    '# Written by `dopant import` for runs that were made by hand; it plans nothing.',
    `name: ${screenName}`,
    `title: Imported runs (${screenName})`,
    'host:',
    '  file: imported',
    '  form: bulk',
    `  oxidationStates: { ${charges.join(', ')} }`,
    '',
  ].join('\n')
}
