import type { Correction } from '../recovery/correction.ts'
import type { RunDiagnosis } from '../workflow/step-result.ts'
import type { Resources } from './resources.ts'

/** One attempt of a calculation: where, when and with what it ran, how it ended, and what follows from that. */
export interface AttemptRecord {
  readonly calculationId: string
  /** From 1. */
  readonly attempt: number
  readonly site: string
  readonly remoteFolder: string | null
  readonly nativeId: string | null
  readonly stagedAt: string
  /** By the site's clock, as the job told it; null before, and for a job that never told. */
  readonly startedAt: string | null
  readonly endedAt: string | null
  readonly cores: number | null
  /** Cores times the time between start and end; null until both are known. */
  readonly coreHours: number | null
  /** What the batch system was asked for. */
  readonly resources: Resources | null
  readonly exitCode: number | null
  /** What ended the job: `exit`, a signal, the batch system's word. */
  readonly exitCause: string | null
  /** What this attempt does otherwise than the one before it; corrections last for all later attempts. */
  readonly corrections: readonly Correction[]
  /** What was found in its files, most telling first. */
  readonly diagnoses: readonly RunDiagnosis[]
  /** What follows; null until it was judged. */
  readonly decision: AttemptDecision | null
  /** By name of the file that was sent. */
  readonly inputSha256: Readonly<Record<string, string>> | null
}

/** What was decided when an attempt had ended, with the reason as people read it. */
export interface AttemptDecision {
  readonly kind: 'accept' | 'correct' | 'continue' | 'repeat' | 'offer' | 'person'
  readonly reason: string
  /** What the next attempt shall do otherwise; for `offer`, what a person may accept for the whole series. */
  readonly correction?: Correction
}

/** What a move says about the attempt; what is not named stays. */
export type AttemptChange = Partial<
  Omit<AttemptRecord, 'calculationId' | 'attempt' | 'site' | 'remoteFolder' | 'nativeId' | 'stagedAt'>
>

/** How far a running attempt has come; the last one alone is kept. */
export interface ProgressRecord {
  readonly calculationId: string
  readonly attempt: number
  readonly progress: unknown
  readonly at: string
}

/** A correction that changes what the energies mean, accepted by a person for every member of a screen. */
export interface SeriesCorrection {
  readonly screenName: string
  /** `symptom/step of its ladder`. */
  readonly name: string
  readonly correction: Correction
  readonly acceptedAt: string
}
