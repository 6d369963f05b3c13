import type { Change, Correction, CorrectionClass } from './correction.ts'
import type { RunReading } from './run-reading.ts'
import { tagInForce } from './run-reading.ts'

/** Where a symptom was seen. */
export interface SymptomEvidence {
  readonly where: 'stdout' | 'stderr' | 'OUTCAR' | 'OSZICAR' | 'job' | 'scheduler' | 'plan' | 'watch'
  /** The line itself, or the finding in words. */
  readonly says: string
  readonly line?: number
  readonly count?: number
}

/**
 * - `cause`: explains a failure or spoils the result, also of a run that came to its end
 * - `ending`: explains why a run did not come to its end; without meaning when it did
 * - `suspect`: VASP often survives it; counts when the run did not end well and nothing fatal explains it
 * - `fallback`: says how it ended when nothing says why
 * - `label`: nothing to repair, but a reader of the tables must know
 */
export type Weight = 'cause' | 'ending' | 'suspect' | 'fallback' | 'label'

/** One step of a ladder. */
export interface Rung {
  readonly class: CorrectionClass
  readonly reason: string
  readonly source?: string
  /** Attempts that may use it; 1 unless said. */
  readonly cap?: number
  /** Undefined when it does not apply to this run. */
  readonly changes: (run: RunReading) => readonly Change[] | undefined
}

/** What a person reads about a symptom; `docs/recovery.md` shows it. */
export interface SymptomFacts {
  /** Stable; custodian's key where there is one. */
  readonly name: string
  /** VASP's exact words, or the finding in words when there are none. */
  readonly message: readonly string[]
  readonly cause: string
  /** What is done, in words; what is not done, and why, where other tools would. */
  readonly cure: string
  /** What a person can do when nothing is left to try: one imperative sentence. */
  readonly advice: string
  readonly source: string
  readonly weight: Weight
  /** Can it be told while the job runs? */
  readonly watches: boolean
}

export interface Symptom extends SymptomFacts {
  readonly detects: (run: RunReading) => SymptomEvidence | undefined
  /** Gentlest first. */
  readonly ladder: readonly Rung[]
}

/** The steps of the ladder that would change something about this run, gentlest first. */
export function correctionsOf(symptom: Symptom, run: RunReading): readonly Correction[] {
  return symptom.ladder.flatMap((rung, index): Correction[] => {
    const changes = rung.changes(run)
    if (changes === undefined || !changesSomething(changes, run)) return []
    const { reason, cap = 1, source = symptom.source } = rung
    return [{ symptom: symptom.name, ladderStep: index + 1, cap, class: rung.class, changes, reason, source }]
  })
}

/** A step whose tags are all in force already was tried, or never needed. */
function changesSomething(changes: readonly Change[], run: RunReading): boolean {
  const tags = changes.filter((change) => change.kind === 'set' || change.kind === 'unset')
  if (tags.length === 0) return changes.length > 0
  return tags.some((change) => {
    const value = tagInForce(run, change.tag)
    return change.kind === 'unset' ? value !== undefined : !sameValue(value, change.value)
  })
}

// `All` and `ALL` are one value for VASP.
function sameValue(one: unknown, other: unknown): boolean {
  return typeof one === 'string' && typeof other === 'string'
    ? one.toLowerCase() === other.toLowerCase()
    : one === other
}
