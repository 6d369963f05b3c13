import type { Diagnosis } from '../../recovery/diagnose.ts'

/** How far a running attempt has come, from some kB of its files; the store keeps the last one. */
export interface RunProgress {
  /** By the site's clock, ISO 8601. */
  readonly at: string
  /** Ionic steps that are behind it. */
  readonly ionicSteps: number
  /** NSW of the attempt; null for a static run. */
  readonly mostIonicSteps: number | null
  /** The electronic loop that runs now; null before the first. */
  readonly scf: {
    /** Electronic steps of this loop so far. */
    readonly step: number
    /** NELM. */
    readonly most: number
    readonly lastChangeEv: number | null
    /** EDIFF. */
    readonly criterionEv: number
  } | null
  /** The last few ionic steps, oldest first. */
  readonly steps: readonly WatchedStep[]
  /** Largest force of any ion in the last step whose table was near the end of the OUTCAR. */
  readonly maxForceEvPerAngstrom: number | null
  /** |EDIFFG| when it is a force. */
  readonly forceCriterionEvPerAngstrom: number | null
  readonly longestStepSeconds: number | null
  /** Since any output file grew. */
  readonly secondsSinceOutput: number | null
  /** Until the batch system ends the job. */
  readonly secondsLeft: number | null
  /** Of vasp.out. */
  readonly lastLines: readonly string[]
  /** Set when the run was told to stop, with the reason. */
  readonly stop: StopOrder | null
}

export interface WatchedStep {
  readonly step: number
  readonly energySigmaToZeroEv: number | null
  readonly energyChangeEv: number | null
  readonly scfSteps: number
}

export interface StopOrder {
  readonly at: string
  /** STOPCAR with LSTOP or LABORT, or the job was cancelled. */
  readonly how: 'LSTOP' | 'LABORT' | 'cancel'
  readonly reason: string
  /** Cancelled because it did not obey the STOPCAR before. */
  readonly isDisobeyed?: boolean
  /** What was seen, with what may be done about it. */
  readonly diagnosis: Diagnosis
}
