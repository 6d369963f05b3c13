import type { JobNotice } from '../ports/site-watch.ts'
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

/** A line of a site's check: an answer, words about what goes on, or the end. */
export type SiteCheckLine =
  | { readonly probe: ProbeAnswer }
  | { readonly words: string }
  | { readonly outcome: 'well' | 'failed' | 'unreachable'; readonly keptFolder: string | null }

/** What one probe of a site found. */
export interface ProbeAnswer {
  readonly probe: string
  readonly status: 'ok' | 'warning' | 'wrong' | 'skipped'
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
