import { calculationStates, type CalculationState } from '../../workflow/calculation-state.ts'
import type { CalculationRow } from '../calculation-row.ts'
import { stateLooks, type Tone } from './state-look.ts'

/** How many calculations are in which state. */
export interface Tally {
  readonly total: number
  readonly done: number
  readonly states: ReadonlyMap<CalculationState, number>
  readonly tones: ReadonlyMap<Tone, number>
}

/** From what is finished to what has not begun, as a strip shows it. */
export const toneOrder: readonly Tone[] = ['done', 'send', 'run', 'queue', 'hold', 'fail', 'gone', 'wait']

export function tallyOf(rows: readonly CalculationRow[]): Tally {
  const states = new Map<CalculationState, number>()
  for (const { state } of rows) states.set(state, (states.get(state) ?? 0) + 1)
  const tones = new Map<Tone, number>()
  for (const [state, count] of states) tones.set(stateLooks[state].tone, (tones.get(stateLooks[state].tone) ?? 0) + count)
  return { total: rows.length, done: states.get('done') ?? 0, states, tones }
}

/** `12 done · 3 running · 1 failed`: what there is, in the order of a calculation's life. */
export function tallyWords({ states }: Tally): string {
  const parts = [...calculationStates].reverse().filter((state) => states.has(state))
  return parts.map((state) => `${states.get(state)} ${stateLooks[state].words.toLowerCase()}`).join(' · ')
}

/**
 * Milliseconds until the last calculation, at the pace of the latest ends; undefined while too few have ended, or
 * nothing moves.
 */
export function timeLeftMs(rows: readonly CalculationRow[], nowMs: number): number | undefined {
  const open = rows.filter(({ state }) => !settled.includes(state)).length
  const ends = rows.filter(({ state }) => state === 'done').map(({ updatedMs }) => updatedMs).sort((a, b) => b - a).slice(0, pacedEnds)
  const oldest = ends.at(-1)
  if (open === 0 || ends.length < fewestEnds || oldest === undefined) return undefined
  // The time since the last end counts too: a queue that stands still makes the estimate grow.
  return (open * (nowMs - oldest)) / ends.length
}

const settled: readonly CalculationState[] = ['done', 'failed', 'blocked', 'cancelled', 'paused']
const pacedEnds = 40
const fewestEnds = 3
