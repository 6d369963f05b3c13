import { calculationStates } from '../../workflow/calculation-state.ts'
import { stateFamilies, stateSigns } from './state-signs.ts'
import { span, type Line } from './styled-line.ts'
import { padTo } from './text-width.ts'

export const keyHelp: readonly (readonly [keys: string, what: string])[] = [
  ['up down, j k', 'move; also PgUp PgDn, Home End, g G'],
  ['Enter', 'one calculation: convergence, attempts, last lines; Esc goes back'],
  ['l', 'the end of its vasp.out, read at the site now'],
  ['/', 'show only rows that hold all these words: name, state, site, job, reason'],
  [stateFamilies.map(({ key }) => key).join(' '), stateFamilies.map(({ words }) => words).join(', ')],
  ['0', 'all states, no words'],
  ['s', 'other order: state, name, site, latest move'],
  ['t', 'try a failed calculation again'],
  ['p u', 'hold what has no job yet; let it go on'],
  ['x', 'cancel: ends its job'],
  ['r', 'read everything anew'],
  ['q', 'leave; jobs and engine go on'],
]

/** Keys, and the sign of every state. */
export function helpLines(isAscii: boolean): readonly Line[] {
  const states = calculationStates.map((state): Line => {
    const { sign, ascii, style } = stateSigns[state]
    return [span(`   ${isAscii ? ascii : sign} `, style), span(state, style)]
  })
  const half = Math.ceil(states.length / 2)
  const pairs = states.slice(0, half).map((left, i): Line => [...left, span(' '.repeat(Math.max(1, 22 - width(left)))), ...(states[half + i] ?? [])])
  return [
    [span(' Keys', 'strong')],
    ...keyHelp.map(([keys, what]): Line => [span(`   ${padTo(keys, 14)} `), span(what, 'dim')]),
    [],
    [span(' States', 'strong')],
    ...pairs,
  ]
}

function width(line: Line): number {
  return line.reduce((sum, { text }) => sum + text.length, 0)
}
