import type { CalculationState } from '../../workflow/calculation-state.ts'
import type { Style } from './styled-line.ts'

/** How a state looks in a terminal: a sign and a word, so that nothing is told by colour alone. */
export interface StateSign {
  readonly sign: string
  /** For terminals without UTF-8. */
  readonly ascii: string
  readonly style: Style
}

export const stateSigns: Readonly<Record<CalculationState, StateSign>> = {
  planned: { sign: '·', ascii: '.', style: 'dim' },
  ready: { sign: '○', ascii: 'o', style: 'plain' },
  staged: { sign: '△', ascii: '^', style: 'blue' },
  submitting: { sign: '▲', ascii: 'A', style: 'blue' },
  'submit-unknown': { sign: '?', ascii: '?', style: 'yellow' },
  queued: { sign: '◇', ascii: '~', style: 'blue' },
  running: { sign: '►', ascii: '>', style: 'cyan' },
  suspended: { sign: '=', ascii: '=', style: 'yellow' },
  ended: { sign: '□', ascii: '-', style: 'cyan' },
  collected: { sign: '■', ascii: '+', style: 'cyan' },
  done: { sign: '✓', ascii: '*', style: 'green' },
  cancelling: { sign: '/', ascii: '/', style: 'yellow' },
  cancelled: { sign: '×', ascii: 'x', style: 'dim' },
  paused: { sign: '‖', ascii: '"', style: 'yellow' },
  blocked: { sign: '!', ascii: '!', style: 'red' },
  failed: { sign: '✗', ascii: 'X', style: 'strong-red' },
}

/** States that a person asks for together; the digit is the key. */
export interface StateFamily {
  readonly key: string
  readonly words: string
  readonly states: readonly CalculationState[]
}

export const stateFamilies: readonly StateFamily[] = [
  { key: '1', words: 'running', states: ['running', 'suspended', 'ended', 'collected', 'cancelling'] },
  { key: '2', words: 'queued', states: ['queued', 'staged', 'submitting', 'submit-unknown'] },
  { key: '3', words: 'waiting', states: ['ready', 'planned'] },
  { key: '4', words: 'done', states: ['done'] },
  { key: '5', words: 'failed', states: ['failed', 'blocked'] },
  { key: '6', words: 'held', states: ['paused', 'cancelled'] },
]
