/**
 * How a VASP run ended, told from what it wrote.
 *
 * - `finished`: VASP printed its accounting and everything it was asked to converge did
 * - `stopped`: it obeyed a STOPCAR
 * - `interrupted`: it was killed or crashed on the way
 * - `ionic-unconverged`: NSW used up, or given up, without reaching the required accuracy
 * - `electronic-unconverged`: the last ionic step used up NELM
 * - `failed-at-start`: not one electronic step was begun
 */
export type RunState = 'finished' | 'stopped' | 'interrupted' | 'ionic-unconverged' | 'electronic-unconverged' | 'failed-at-start'

export interface RunEvidence {
  readonly hasTimingBlock: boolean
  readonly hasSteps: boolean
  readonly stopped: boolean
  /** Null: nothing to converge, or not to be told. */
  readonly electronic: boolean | null
  readonly ionic: boolean | null
}

/** What went wrong first in the order of the run decides; an unconverged electronic step outweighs the ions that moved on it. */
export function judgeRunState(evidence: RunEvidence): RunState {
  if (!evidence.hasSteps && !evidence.hasTimingBlock) return 'failed-at-start'
  if (evidence.stopped) return 'stopped'
  if (!evidence.hasTimingBlock) return 'interrupted'
  if (evidence.electronic === false) return 'electronic-unconverged'
  if (evidence.ionic === false) return 'ionic-unconverged'
  return 'finished'
}
