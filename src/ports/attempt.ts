import type { Correction } from '../recovery/correction.ts'
import type { AttemptDecision } from '../workflow/attempt-decision.ts'
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
  /** What it left, by name: kept in the project where it is small enough. */
  readonly outputs: Readonly<Record<string, OutputFile>> | null
  /** Versions and templates that made its files. */
  readonly origin: AttemptOrigin | null
  /** What a person changed by hand in its folder and vouched for. */
  readonly adopted: AdoptedChanges | null
}

/** A file that an attempt left, as it was read. */
export interface OutputFile {
  readonly sha256: string
  readonly bytes: number
  /** Whether a copy lies in the project's object store under that checksum. */
  readonly isKept: boolean
}

/** Which versions made an attempt's files. */
export interface AttemptOrigin {
  readonly dopantVersion: string
  readonly vaspVersion: string
  readonly method: 'dft' | 'rehearsal'
  /** sha256 of each template, by its name. */
  readonly templates: Readonly<Record<string, string>>
}

export interface AdoptedChanges {
  readonly at: string
  /** Checksums of the inputs as the person left them, where they differ from what was sent. */
  readonly inputSha256: Readonly<Record<string, string>>
  /** Was VASP run again by hand? */
  readonly isRerun: boolean
  /** Checksums of what lay there; absent in records from before it was kept. */
  readonly outputSha256?: Readonly<Record<string, string>>
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
  /** Of the calculations that take it: relaxations and static runs are series of their own. */
  readonly step: string
  /** `symptom/step of its ladder`. */
  readonly name: string
  readonly correction: Correction
  readonly acceptedAt: string
}
