import type { CalculationState } from '../../workflow/calculation-state.ts'

/** A family of states that share a colour; the shape tells them apart without it. */
export type Tone = 'wait' | 'send' | 'queue' | 'run' | 'done' | 'fail' | 'hold' | 'gone'

export interface StateLook {
  readonly words: string
  readonly tone: Tone
  /** Outline in a box of 16, and what is drawn into it. */
  readonly outline: string
  readonly isFilled: boolean
  readonly sign: string
  /** For the help: what it means. */
  readonly meaning: string
}

const disc = 'M8 1.5a6.5 6.5 0 1 1 0 13a6.5 6.5 0 1 1 0-13z'
const diamond = 'M8 .9 15.1 8 8 15.1 .9 8z'
const square = 'M3.4 2h9.2A1.4 1.4 0 0 1 14 3.4v9.2a1.4 1.4 0 0 1-1.4 1.4H3.4A1.4 1.4 0 0 1 2 12.6V3.4A1.4 1.4 0 0 1 3.4 2z'
const triangle = 'M8 1.2 15.2 14.2H.8z'

const bars = 'M6.2 5.4v5.2M9.8 5.4v5.2'
const cross = 'M5.7 5.7l4.6 4.6M10.3 5.7l-4.6 4.6'
const up = 'M8 11V5.2M5.5 7.6 8 5.1l2.5 2.5'
const hands = 'M8 4.6V8l2.4 1.6'
const tick = 'M4.9 8.2 7.1 10.4 11.2 5.9'
const play = 'M6.6 5.2 10.8 8l-4.2 2.8z'

export const stateLooks: Readonly<Record<CalculationState, StateLook>> = {
  planned: look('Planned', 'wait', disc, false, 'M8 8h.01', 'waits for the calculations it depends on'),
  ready: look('Ready', 'wait', disc, false, '', 'may start as soon as its site has a place'),
  staged: look('Staged', 'send', disc, false, up, 'its folder is complete on the site'),
  submitting: look('Submitting', 'send', disc, true, up, 'is being handed to the batch system'),
  'submit-unknown': look('Unsure', 'hold', triangle, false, 'M8 6v3.4M8 11.6v.1', 'it is not known yet whether the batch system took the job'),
  queued: look('Queued', 'queue', disc, false, hands, 'the batch system has the job'),
  running: look('Running', 'run', disc, true, play, 'the job runs'),
  suspended: look('Suspended', 'hold', square, false, bars, 'stopped for a while by the batch system or a person'),
  ended: look('Ended', 'send', square, false, tick, 'the job is over and waits to be read'),
  collected: look('Collected', 'send', square, true, tick, 'the result is being kept'),
  done: look('Done', 'done', disc, true, tick, 'the result is kept'),
  cancelling: look('Cancelling', 'gone', square, false, 'M5 11 11 5', 'asked to stop'),
  cancelled: look('Cancelled', 'gone', square, true, 'M5 11 11 5', 'stopped by a person'),
  paused: look('Paused', 'hold', square, true, bars, 'held by a person'),
  blocked: look('Blocked', 'fail', diamond, false, 'M5.4 8h5.2', 'something it depends on failed or was cancelled'),
  failed: look('Failed', 'fail', diamond, true, cross, 'a person is needed'),
}

function look(words: string, tone: Tone, outline: string, isFilled: boolean, sign: string, meaning: string): StateLook {
  return { words, tone, outline, isFilled, sign, meaning }
}
