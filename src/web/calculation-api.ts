import type { ViewerScene } from '../app/report/viewer-scenes.ts'
import type { SeriesFlag } from '../app/results/series-flags.ts'
import type { AttemptRecord } from '../ports/attempt.ts'
import type { EventRecord } from '../ports/store.ts'
import type { CandidateInfo } from './api-types.ts'

/** One calculation with its history. */
export interface CalculationDetail {
  readonly id: string
  readonly screen: string
  readonly candidate: CandidateInfo | null
  readonly step: string
  readonly kind: string
  readonly site: string
  readonly functional: string
  readonly kMesh: readonly [number, number, number]
  readonly electronCount: number
  readonly notes: readonly string[]
  readonly dependsOn: readonly string[]
  readonly followers: readonly string[]
  readonly remoteFolder: string | null
  readonly events: readonly EventRecord[]
  readonly attempts: readonly AttemptRecord[]
  readonly progress: ProgressInfo | null
  readonly result: ResultSummary | null
}

export interface ResultSummary {
  readonly attempt: number
  readonly method: 'dft' | 'rehearsal'
  readonly vaspVersion: string | null
  readonly runState: string
  readonly energySigmaToZeroEv: number | null
  readonly maxForceEvPerAngstrom: number | null
  readonly ionicStepCount: number
  readonly totalMomentMuB: number | null
  readonly elapsedSeconds: number | null
  readonly flags: readonly string[]
}

/** What the rows of its candidate say in the tables because energies of the series do not compare. */
export interface SeriesFlagsAnswer {
  readonly flags: readonly SeriesFlag[]
}

/** What it means to take an offered correction for every member. */
export interface SeriesChangeAnswer {
  readonly screenName: string
  readonly name: string
  /** The kinds of runs that take it. */
  readonly steps: readonly string[]
  /** Finished ones that run again, with those that depend on them. */
  readonly again: number
  /** At work now, that start again when they have ended. */
  readonly underWay: number
  /** That take it when they start. */
  readonly other: number
  /** What those that run again cost when they ran last. */
  readonly coreHours: number
}

/** Convergence as far as the files tell it. */
export interface CourseAnswer {
  /** [electronic step], over all ionic steps of the attempt. */
  readonly scf: readonly ScfPoint[]
  readonly ionic: readonly IonicPoint[]
  readonly ediffEv: number
  readonly forceLimitEvPerAngstrom: number | null
  /** Why there is nothing. */
  readonly words: string | null
}

export interface ScfPoint {
  readonly ionicStep: number
  readonly step: number
  /** |dE| in eV; null where the file has no number. */
  readonly changeEv: number | null
}

export interface IonicPoint {
  readonly step: number
  readonly energyEv: number | null
  /** Largest force on an ion, where an OUTCAR on this machine could be read. */
  readonly maxForceEvPerAngstrom: number | null
}

export interface FolderAnswer {
  readonly folder: string
  readonly files: readonly RemoteFile[]
}

export interface RemoteFile {
  readonly name: string
  readonly bytes: number
  /** False for what must not leave the site: POTCAR. */
  readonly mayLeave: boolean
}

export interface LogAnswer {
  readonly file: string
  readonly lines: readonly string[]
}

/** What an attempt was sent with, and what differs from the one before. */
export interface InputsAnswer {
  readonly attempt: number
  readonly comparedWith: number | null
  readonly changes: readonly InputChange[]
  readonly incar: string
}

export interface InputChange {
  readonly file: string
  /** A tag of the INCAR, a line of the job script, or the whole file. */
  readonly what: string
  readonly before: string | null
  readonly after: string | null
}

/** Structures in Å, ready to be drawn. */
export interface StructureAnswer {
  readonly before: ViewerScene | null
  readonly after: ViewerScene | null
  /** [atom] names such as `Mn-3`, in the order of the scenes. */
  readonly labels: readonly string[]
  /** [atom][xyz] flat, Å, from before to after by the nearest image; empty unless both are there. */
  readonly displacements: readonly number[]
  /** Of the scene that is shown last, in Å. */
  readonly largestDisplacementAngstrom: number | null
}

/** How far a running attempt has come, as the last look at its files found it. */
export interface ProgressInfo {
  readonly at: string
  readonly ionicSteps: number
  readonly mostIonicSteps: number | null
  readonly scf: { readonly step: number; readonly most: number; readonly lastChangeEv: number | null; readonly criterionEv: number } | null
  readonly maxForceEvPerAngstrom: number | null
  readonly forceCriterionEvPerAngstrom: number | null
  readonly secondsSinceOutput: number | null
  readonly secondsLeft: number | null
  readonly stop: { readonly at: string; readonly how: string; readonly reason: string } | null
}
