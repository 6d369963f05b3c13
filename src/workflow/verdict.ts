import type { Correction } from '../recovery/correction.ts'
import type { Diagnosis } from '../recovery/diagnose.ts'
import { proposeCorrection, type Proposal } from '../recovery/propose.ts'
import { shortestDistanceAngstrom } from '../structure/neighbours.ts'
import type { AttemptDecision } from './attempt-decision.ts'
import type { StepResult } from './step-result.ts'

/** Everything that decides what follows from the end of an attempt. */
export interface EndedAttempt {
  /** `missing` when there is no readable OUTCAR. */
  readonly runState: string
  readonly attempt: number
  /** Most telling first. */
  readonly diagnoses: readonly Diagnosis[]
  /** Corrections since a person was last asked, oldest first. */
  readonly history: readonly Correction[]
  /** May corrections that change what the energy means be made without asking? */
  readonly allowComparability: boolean
  /** Can this job still be changed that way: ranks, nodes, time limit? */
  readonly isPossible: (correction: Correction) => boolean
}

/** Attempts of one calculation, however well they come forward: a long relaxation takes many short jobs. */
export const mostAttempts = 20

/** Attempts without a word that tells why they end. */
export const mostSilentAttempts = 5

/**
 * What follows from the end of an attempt.
 *
 * A run that came to its end is accepted unless something spoils its number and can be mended; what cannot be mended is
 * told in its flags. Everything else asks the ladders of the symptoms.
 */
export function judgeAttempt(ended: EndedAttempt): AttemptDecision {
  const { runState, attempt, allowComparability } = ended
  const diagnoses = ended.diagnoses.map((diagnosis) => ({
    ...diagnosis,
    corrections: diagnosis.corrections.filter((correction) => ended.isPossible(correction)),
  }))
  const proposal = proposeCorrection(diagnoses, ended.history.filter(isNoContinuation), { allowComparability })
  if (runState === 'finished') return judgeFinished(proposal)
  if (proposal.kind === 'none') return judgeSilent(runState, attempt)
  if (attempt >= mostAttempts) return person(`after ${attempt} attempts it is still ${runState}`, diagnoses[0])
  if (proposal.kind === 'person') return person(proposal.reason, proposal.diagnosis)
  const { diagnosis, correction, needsConsent } = proposal
  const reason = `${runState} (${diagnosis.symptom}): ${correction.reason}`
  return { kind: needsConsent ? 'offer' : 'correct', reason, correction }
}

function judgeFinished(proposal: Proposal): AttemptDecision {
  const accepted: AttemptDecision = { kind: 'accept', reason: 'the run finished and converged' }
  if (proposal.kind !== 'correct') return accepted
  const { diagnosis, correction, needsConsent } = proposal
  if (needsConsent) return accepted
  return { kind: 'correct', reason: `finished, but ${diagnosis.symptom}: ${correction.reason}`, correction }
}

/** Nothing in its files tells why it ended. */
function judgeSilent(runState: string, attempt: number): AttemptDecision {
  if (attempt >= mostSilentAttempts) return person(`after ${attempt} attempts it is still ${runState}`, undefined)
  return { kind: 'continue', reason: `${runState}, and nothing tells why: another try` }
}

function person(reason: string, diagnosis: Diagnosis | undefined): AttemptDecision {
  const told = diagnosis === undefined ? '' : `${diagnosis.symptom}: ${diagnosis.cause} `
  const advice = diagnosis?.advice ?? 'Look into vasp.out and OUTCAR of the last attempt, mend the cause, then retry.'
  return { kind: 'person', reason: `${told}A person is needed, because ${reason}.`, advice }
}

/**
 * The first step against the time limit is taken only by a run that came forward: as long as it does, going on costs none
 * of the corrections that a calculation has.
 */
function isNoContinuation({ symptom, ladderStep }: Correction): boolean {
  return symptom !== 'walltime' || ladderStep > 1
}

/**
 * May the next attempt begin where this one stopped? At least one ionic step is behind it, its geometry was kept, and no
 * two atoms of it overlap: a file that was being written when the job died must never become a start.
 */
export function canContinue(result: StepResult): boolean {
  const isUnfinished = ['ionic-unconverged', 'stopped', 'interrupted'].includes(result.runState)
  if (!isUnfinished || result.geometryFrom === 'POSCAR' || result.ionicStepCount === 0) return false
  return shortestDistanceAngstrom(result.structure) > overlapAngstrom
}

/** Nearer than any bond that a relaxation passes through: H–H has 0.74 Å. */
const overlapAngstrom = 0.6
