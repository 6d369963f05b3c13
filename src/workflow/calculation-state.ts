/** Where a calculation is; docs/states.md draws it. */
export const calculationStates = [
  'planned',
  'ready',
  'staged',
  'submitting',
  'submit-unknown',
  'queued',
  'running',
  'suspended',
  'ended',
  'collected',
  'done',
  'cancelling',
  'cancelled',
  'paused',
  'blocked',
  'failed',
] as const

export type CalculationState = (typeof calculationStates)[number]

/** No work is left to do without a person. */
export const finalStates: readonly CalculationState[] = ['done', 'cancelled', 'blocked', 'failed']

/**
 * The moves that exist. `ready` after `ended` or `failed` is the next attempt; running → queued is a requeue
 * by the batch system.
 */
const moves: Readonly<Record<CalculationState, readonly CalculationState[]>> = {
  planned: ['ready', 'blocked', 'paused', 'cancelled', 'failed'],
  // `submit-unknown`: the site already has an attempt that this store does not know of.
  // `collected`: the result of a calculation with the same inputs is taken; `planned`: its plan was replaced.
  ready: ['staged', 'submit-unknown', 'collected', 'planned', 'paused', 'cancelled', 'failed'],
  staged: ['submitting', 'ready', 'paused', 'cancelled', 'failed'],
  // `ready`: the site's definition was refused, and the attempt is closed unrun.
  submitting: ['queued', 'submit-unknown', 'staged', 'ready', 'failed', 'cancelling'],
  'submit-unknown': ['queued', 'running', 'ended', 'staged', 'ready', 'failed', 'cancelling'],
  queued: ['running', 'suspended', 'ended', 'submit-unknown', 'cancelling', 'ready', 'failed'],
  running: ['queued', 'suspended', 'ended', 'submit-unknown', 'cancelling', 'failed'],
  suspended: ['queued', 'running', 'ended', 'cancelling', 'failed'],
  // `planned`: what it starts from runs again.
  ended: ['collected', 'ready', 'planned', 'failed', 'cancelled'],
  collected: ['done', 'ready', 'failed'],
  // `ended`: a person ran it again by hand, and vouches for what lies in its folder.
  done: ['ready', 'planned', 'ended'],
  cancelling: ['cancelled', 'ended', 'failed'],
  cancelled: ['ready', 'planned', 'ended'],
  paused: ['planned', 'ready', 'staged', 'cancelled'],
  blocked: ['planned', 'paused', 'cancelled'],
  failed: ['ready', 'planned', 'ended', 'cancelled'],
}

export function canMove(from: CalculationState, to: CalculationState): boolean {
  return moves[from].includes(to)
}

export function movesFrom(state: CalculationState): readonly CalculationState[] {
  return moves[state]
}
