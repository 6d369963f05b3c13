import type { Correction } from './correction.ts'
import type { RunEvidence } from './run-evidence.ts'
import { readRun } from './run-reading.ts'
import { correctionsOf, type Symptom, type SymptomEvidence, type Weight } from './symptom.ts'
import { symptoms } from './symptoms.ts'

/** A symptom that was found, with what may be done about it. Plain data: the store can keep it. */
export interface Diagnosis {
  readonly symptom: string
  readonly weight: Weight
  readonly evidence: SymptomEvidence
  readonly cause: string
  readonly cure: string
  readonly advice: string
  readonly source: string
  /** The steps of the ladder that would change something about this run, gentlest first. */
  readonly corrections: readonly Correction[]
}

/**
 * What went wrong in an attempt, most telling first; empty for a run that did what it was asked to.
 *
 * Warnings of a run that ended well are no diagnoses. With `watch` in the evidence, only symptoms that can be told while
 * the job runs.
 */
export function diagnose(evidence: RunEvidence): readonly Diagnosis[] {
  const run = readRun(evidence)
  const found = symptoms.flatMap((symptom): Found[] => {
    if (evidence.watch !== undefined && !symptom.watches) return []
    if (run.endedWell && needsBadEnd.includes(symptom.weight)) return []
    const seen = symptom.detects(run)
    return seen === undefined ? [] : [{ symptom, seen }]
  })
  return explaining(found).map(({ symptom, seen }) => ({
    symptom: symptom.name,
    weight: symptom.weight,
    evidence: seen,
    cause: symptom.cause,
    cure: symptom.cure,
    advice: symptom.advice,
    source: symptom.source,
    corrections: correctionsOf(symptom, run),
  }))
}

interface Found {
  readonly symptom: Symptom
  readonly seen: SymptomEvidence
}

const needsBadEnd: readonly Weight[] = ['ending', 'suspect', 'fallback']

/** Leaves out what a weightier finding explains. A suspect may be innocent, so it does not silence how the run ended. */
function explaining(found: readonly Found[]): readonly Found[] {
  const isExplained = found.some(({ symptom: { weight } }) => weight === 'cause' || weight === 'ending')
  const suspects = found.filter(({ symptom }) => symptom.weight === 'suspect')
  const fallback = isExplained
    ? undefined
    : found.find((finding) => finding.symptom.weight === 'fallback' && !isNamedBy(suspects, finding))
  return found.filter((finding) => {
    const { weight } = finding.symptom
    if (weight === 'suspect') return !isExplained
    return weight !== 'fallback' || finding === fallback
  })
}

// `VERY BAD NEWS! internal error in subroutine IBZKPT:` is the head of the message in the next line, or of the same box.
function isNamedBy(suspects: readonly Found[], { seen }: Found): boolean {
  const { where, line } = seen
  return suspects.some(
    (suspect) =>
      line !== undefined && suspect.seen.where === where && Math.abs((suspect.seen.line ?? NaN) - line) <= 1,
  )
}
