import type { ViewerScene } from '../app/report/viewer-scenes.ts'
import type { AttemptRecord } from '../ports/attempt.ts'
import type { JobNotice } from '../ports/site-watch.ts'
import type { EventRecord } from '../ports/store.ts'
import type { ResultTable } from '../tables/result-table.ts'
import type { CalculationRow } from './calculation-row.ts'
import type { PackedRows } from './packed-rows.ts'

/** Everything that every page starts from. */
export interface Snapshot {
  readonly project: string
  /** Does the process that serves the page also run the engine? */
  readonly hasEngine: boolean
  /** Goes into a header of every POST. */
  readonly csrfToken: string
  /** The event that the rows are as new as. */
  readonly sequence: number
  readonly serverMs: number
  readonly screens: readonly ScreenInfo[]
  readonly sites: readonly SiteInfo[]
  readonly actions: readonly ActionName[]
  readonly calculations: PackedRows
}

export interface ScreenInfo {
  readonly name: string
  readonly title: string
  readonly source: string
  readonly createdAt: string
  readonly candidateCount: number
}

export interface SiteInfo {
  readonly name: string
  readonly host: string
  readonly scheduler: string
  readonly method: 'dft' | 'rehearsal'
  readonly workFolder: string
  readonly maxJobs: number
  readonly pollSeconds: number
  readonly vaspVersion: string
}

/** A line of the matrix. */
export interface CandidateInfo {
  readonly id: string
  readonly dopant: string | null
  readonly series: string
  readonly site: string | null
  readonly formula: string
  readonly atomCount: number
  readonly isDelithiated: boolean
  readonly warnings: readonly string[]
}

export interface ScreenDetail {
  readonly name: string
  readonly title: string
  readonly candidates: readonly CandidateInfo[]
}

/** What a stream of news brings: rows that changed since the last one. */
export interface News {
  readonly sequence: number
  readonly rows: readonly CalculationRow[]
}

export interface ErrorAnswer {
  readonly code: string
  readonly message: string
  readonly remedy: string
}

export type ActionName = 'retry' | 'cancel' | 'pause' | 'resume' | 'priority' | 'accept-correction'

export interface ActionAnswer {
  /** Calculations that were moved. */
  readonly moved: readonly string[]
  readonly words: string
}

export interface ResultsAnswer {
  readonly screen: string
  readonly title: string
  readonly isRehearsal: boolean
  readonly tables: readonly ResultTable[]
  readonly figures: readonly FigureInfo[]
  readonly formats: readonly string[]
}

export interface FigureInfo {
  readonly name: string
  readonly title: string
  readonly caption: string
}

/** Somebody has to answer before a connection goes on. */
export interface QuestionInfo {
  readonly id: string
  readonly kind: 'text' | 'secret' | 'yes-or-no'
  readonly prompt: string
  readonly askedMs: number
}

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

/** A line of a site's check: an answer, words about what goes on, or the end. */
export type SiteCheckLine =
  | { readonly probe: ProbeAnswer }
  | { readonly words: string }
  | { readonly outcome: 'well' | 'failed' | 'unreachable'; readonly keptFolder: string | null }

/** What one probe of a site found. */
export interface ProbeAnswer {
  readonly probe: string
  readonly status: 'ok' | 'wrong' | 'skipped'
  readonly found: string
  readonly remedy?: string
}

/** How the sites are, as far as the engine's looks tell. */
export interface SitesAnswer {
  readonly sites: readonly SiteNow[]
  /** Why ready calculations are not submitted. */
  readonly waiting: readonly string[]
  readonly notices: readonly JobNotice[]
  /** How far what runs has come. */
  readonly running: readonly { readonly id: string; readonly words: string }[]
}

export interface SiteNow {
  readonly name: string
  /** Last answer, milliseconds since 1970; null before the first. */
  readonly answeredMs: number | null
  /** What the last try met instead of an answer. */
  readonly trouble: string | null
  readonly remedy: string | null
  readonly otherJobs: number
  readonly fullReason: string | null
  readonly coreHours: number
  /** Of the last 24 hours. */
  readonly connections: number
  readonly commands: number
  readonly bytes: number
}
