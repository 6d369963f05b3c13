import { findMessage, evidenceOf } from './message-symptom.ts'
import type { RunReading } from './run-reading.ts'
import type { Rung, Symptom, SymptomEvidence, SymptomFacts } from './symptom.ts'

export interface SchedulerFacts extends Omit<SymptomFacts, 'watches' | 'weight'> {
  /** In the batch system's own word for the end of the job. */
  readonly reasons: readonly RegExp[]
  readonly patterns?: readonly RegExp[]
  /** What the job itself recorded: exit code and signal. */
  readonly jobEnd?: (end: { readonly code: number; readonly cause: string }) => boolean
  readonly ladder?: readonly Rung[]
}

/** An end that the batch system, the job's own record or the log explains; the first that speaks is quoted. */
export function schedulerSymptom({
  reasons,
  patterns = [],
  jobEnd,
  ladder = [],
  ...facts
}: SchedulerFacts): Symptom {
  function detects(run: RunReading): SymptomEvidence | undefined {
    const reason = run.schedulerReason ?? ''
    if (reasons.some((pattern) => pattern.test(reason))) return { where: 'scheduler', says: reason }
    const found = findMessage(run, facts.message, patterns)
    if (found !== undefined) return evidenceOf(found)
    const end = run.jobEnd
    return end !== undefined && jobEnd?.(end) === true
      ? {
          where: 'job',
          says: `the job ended with ${end.cause === 'exit' ? '' : `${end.cause} and `}exit code ${end.code}`,
        }
      : undefined
  }
  return { ...facts, weight: 'ending', watches: false, ladder, detects }
}
