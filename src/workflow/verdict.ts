import { shortestDistanceAngstrom } from '../structure/neighbours.ts'
import type { RunDiagnosis, StepResult } from './step-result.ts'

/** What follows from the end of an attempt. */
export type Verdict =
  | { readonly kind: 'accept' }
  /** Another attempt from the last geometry. */
  | { readonly kind: 'continue'; readonly reason: string }
  /** Another attempt from the same start. */
  | { readonly kind: 'repeat'; readonly reason: string }
  | { readonly kind: 'fail'; readonly code: string; readonly message: string; readonly remedy: string }

/** Attempts of one calculation before a person is asked. */
export const mostAttempts = 5

/** An attempt that came forward does not count like one that stands still: a long relaxation takes many short jobs. */
export const mostContinuations = 20

/** Judges a run that left readable files. A clean end with NSW used up is not success. */
export function judgeRun(result: StepResult, attempt: number): Verdict {
  const { runState } = result
  if (runState === 'finished') return { kind: 'accept' }
  if (runState === 'electronic-unconverged') return electronicFailure(result)
  const goesOn = canContinue(result)
  if (attempt >= (goesOn ? mostContinuations : mostAttempts)) return givenUp(runState, attempt, result.diagnoses)
  const why = runState + diagnosed(result.diagnoses)
  if (goesOn) return { kind: 'continue', reason: `${why}: goes on from the last geometry` }
  return { kind: 'repeat', reason: `${why}: starts again` }
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

/** Judges an end without a readable OUTCAR. */
export function judgeMissingOutput(attempt: number, why: string, diagnoses: readonly RunDiagnosis[]): Verdict {
  if (attempt >= mostAttempts) return givenUp(why, attempt, diagnoses)
  return { kind: 'repeat', reason: `${why}${diagnosed(diagnoses)}: starts again` }
}

function givenUp(what: string, attempt: number, [first]: readonly RunDiagnosis[]): Verdict {
  const message = [`${attempt} attempts ended as ${what}.`, first?.cause ?? ''].join(' ').trim()
  const remedy = first?.advice ?? 'Look into vasp.out and OUTCAR of the last attempt, mend the cause, then retry.'
  return { kind: 'fail', code: 'ATTEMPTS_USED_UP', message, remedy }
}

function electronicFailure({ diagnoses: [first] }: StepResult): Verdict {
  return {
    kind: 'fail',
    code: 'ELECTRONIC_UNCONVERGED',
    message: 'The last electronic loop used up NELM without convergence.',
    remedy: first?.advice ?? 'Look at OSZICAR, then change ALGO or the mixing in method.incar and retry.',
  }
}

/** ` (walltime)`: the symptom's name, which docs/recovery.md explains. */
function diagnosed([first]: readonly RunDiagnosis[]): string {
  return first === undefined ? '' : ` (${first.symptom})`
}
