import type { Correction } from './correction.ts'
import type { Diagnosis } from './diagnose.ts'

export interface ProposeOptions {
  /** Has a person allowed corrections that change what the energy means, for the whole series? */
  readonly allowComparability?: boolean
  /** Corrections of one calculation before a person is asked. */
  readonly mostCorrections?: number
}

/** What to do next. */
export type Proposal =
  /** Nothing to repair; labels may still speak. */
  | { readonly kind: 'none' }
  | {
      readonly kind: 'correct'
      readonly diagnosis: Diagnosis
      readonly correction: Correction
      readonly needsConsent: boolean
    }
  /** A person is needed. */
  | {
      readonly kind: 'person'
      readonly diagnosis: Diagnosis
      readonly reason: string
      readonly advice: string
    }

export const mostCorrectionsByDefault = 10

/**
 * The next correction, or why there is none.
 *
 * Causes come before suspects, numerics before comparability. A step that the history holds as often as its cap allows
 * is not taken again. `needsConsent` marks a comparability correction that nobody has allowed yet.
 *
 * @param history corrections of earlier attempts of this calculation, oldest first
 */
export function proposeCorrection(
  diagnoses: readonly Diagnosis[],
  history: readonly Correction[],
  options: ProposeOptions = {},
): Proposal {
  const { allowComparability = false, mostCorrections = mostCorrectionsByDefault } = options
  const failures = diagnoses.filter(({ weight }) => weight !== 'label')
  const first = failures[0]
  if (first === undefined) return { kind: 'none' }
  if (history.length >= mostCorrections) {
    return person(first, `${history.length} corrections were made and the calculation still fails`)
  }
  const next = nextCorrection(failures, history, allowComparability)
  if (next === undefined) return person(first, whyNothing(first, history))
  return {
    kind: 'correct',
    ...next,
    needsConsent: next.correction.class === 'comparability' && !allowComparability,
  }
}

/** The first untried step: numerics of any diagnosis first unless comparability is allowed. */
export function nextCorrection(
  diagnoses: readonly Diagnosis[],
  history: readonly Correction[],
  allowComparability = false,
): { readonly diagnosis: Diagnosis; readonly correction: Correction } | undefined {
  const open = diagnoses.flatMap((diagnosis) =>
    diagnosis.corrections
      .filter((correction) => !isUsedUp(correction, history))
      .map((correction) => ({ diagnosis, correction })),
  )
  if (allowComparability) return open[0]
  return open.find(({ correction }) => correction.class === 'numerics') ?? open[0]
}

function isUsedUp({ symptom, ladderStep, cap }: Correction, history: readonly Correction[]): boolean {
  return history.filter((past) => past.symptom === symptom && past.ladderStep === ladderStep).length >= cap
}

function person(diagnosis: Diagnosis, reason: string): Proposal {
  return { kind: 'person', diagnosis, reason, advice: diagnosis.advice }
}

function whyNothing({ symptom, corrections }: Diagnosis, history: readonly Correction[]): string {
  const tried = history.filter((past) => past.symptom === symptom).length
  if (tried > 0) return `the ladder of ${symptom} is used up after ${tried} of its steps`
  return corrections.length === 0
    ? `nothing that may be changed cures ${symptom}`
    : `every step against ${symptom} was taken before`
}
