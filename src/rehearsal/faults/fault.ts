import { InputRefusedError } from '../input/input-refused.ts'
import { didYouMean } from '../../base/did-you-mean.ts'
import { vaspMessages, type VaspMessage } from './messages-data.ts'

export type FaultKind =
  | 'walltime'
  | 'killed-mid-step'
  | 'scf-not-converged'
  | 'stopcar-ignored'
  | 'diverging'
  | 'segfault'
  | 'out-of-memory'
  | 'disk-full'
  | 'missing-potcar'
  | 'preempted'
  | 'node-failure'
  | 'broken-contcar'
  | 'segfault-at-start'
  | 'hang'
  | 'spin-flip'
  | 'message'

/** A failure that was asked for. */
export interface Fault {
  readonly kind: FaultKind
  /** Ionic step in which it strikes, from 1. */
  readonly step: number
  readonly message?: VaspMessage
}

const plainKinds = [
  'walltime',
  'killed-mid-step',
  'scf-not-converged',
  'stopcar-ignored',
  'diverging',
  'segfault',
  'out-of-memory',
  'disk-full',
  'missing-potcar',
  'preempted',
  'node-failure',
  'broken-contcar',
  'segfault-at-start',
  'hang',
  'spin-flip',
]
const usualStep = 3

/**
 * Reads `walltime`, `killed-mid-step@5`, `message:zbrent`.
 *
 * @param wish DOPANT_REHEARSAL_FAIL; empty for a run that goes well
 * @throws InputRefusedError for a word that is not known
 */
export function readFault(wish: string | undefined): Fault | undefined {
  if (wish === undefined || wish.trim() === '') return undefined
  const [name = '', stepText] = wish.trim().split('@')
  const step = stepText === undefined ? usualStep : Number(stepText)
  if (!Number.isInteger(step) || step < 1) throw unknownFault(wish)
  if (name.startsWith('message:'))
    return { kind: 'message', step, message: messageOf(name.slice('message:'.length)) }
  if (!plainKinds.includes(name)) throw unknownFault(name)
  return { kind: name as FaultKind, step }
}

function messageOf(key: string): VaspMessage {
  const message = vaspMessages[key]
  if (message === undefined) throw unknownFault(`message:${key}`)
  return message
}

function unknownFault(wish: string): InputRefusedError {
  const known = [...plainKinds, ...Object.keys(vaspMessages).map((key) => `message:${key}`)]
  const guess = didYouMean(wish, known)
  return new InputRefusedError(
    `DOPANT_REHEARSAL_FAIL asks for a failure that is not known: ${wish}.`,
    `${guess ? `Did you mean ${guess}? ` : ''}Use one of ${known.join(', ')}, with @STEP for another ionic step than ${usualStep}.`,
  )
}
