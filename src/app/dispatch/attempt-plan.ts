import type { AttemptRecord } from '../../ports/attempt.ts'
import type { CalculationRecord, Store } from '../../ports/store.ts'
import type { Correction } from '../../recovery/correction.ts'
import type { NextStart } from '../../workflow/attempt-decision.ts'

/** What an attempt knows from the attempts before it and from what was accepted for its series. */
export interface AttemptPlan {
  /** New with this attempt. */
  readonly corrections: readonly Correction[]
  /** With those of all attempts before, oldest first. */
  readonly inForce: readonly Correction[]
  /** Where it starts, when an attempt before it decided that. */
  readonly start: NextStart | undefined
  /** The attempt that left the orbitals which may be read. */
  readonly orbitalsFrom: AttemptRecord | undefined
}

export type AttemptStore = Pick<Store, 'attempts' | 'acceptedCorrections'>

/** @param calculation with the number of the attempt in question, which may be there already or be the next one */
export async function attemptPlan(store: AttemptStore, calculation: CalculationRecord): Promise<AttemptPlan> {
  const all = await store.attempts(calculation.id)
  const own = all.find(({ attempt }) => attempt === calculation.attempt)
  const before = all.filter(({ attempt }) => attempt < calculation.attempt)
  const earlier = before.flatMap(({ corrections }) => corrections)
  const corrections = own?.corrections ?? [
    ...decided(before),
    ...(await acceptedFor(store, calculation, earlier)),
  ]
  const judged = before.findLast(({ decision }) => decision !== null)
  const start = judged?.decision?.start && forAttemptAfter(judged, before.at(-1), judged.decision.start)
  const canRead = start?.readWavecar === true && judged?.site === calculation.site
  return { corrections, inForce: [...earlier, ...corrections], start, orbitalsFrom: canRead ? judged : undefined }
}

/** Where a job that avoids nodes is refused, the next one may run anywhere. */
function forAttemptAfter(judged: AttemptRecord, last: AttemptRecord | undefined, { avoidNodes, ...start }: NextStart): NextStart {
  return judged === last && avoidNodes !== undefined ? { ...start, avoidNodes } : start
}

/** What the last judged attempt asked for, unless an attempt after it has taken it over. */
function decided(before: readonly AttemptRecord[]): readonly Correction[] {
  const decision = before.at(-1)?.decision
  return decision?.kind === 'correct' && decision.correction !== undefined ? [decision.correction] : []
}

/** Corrections that a person accepted for the series, where this calculation does not have them yet. */
export async function acceptedFor(
  store: Pick<Store, 'acceptedCorrections'>,
  { screenName, plan }: Pick<CalculationRecord, 'screenName' | 'plan'>,
  inForce: readonly Correction[],
): Promise<readonly Correction[]> {
  const accepted = await store.acceptedCorrections(screenName)
  return accepted
    .filter(({ step }) => step === plan.step)
    .map(({ correction }) => correction)
    .filter((correction) => !inForce.some((other) => isSameStep(other, correction)))
}

export function isSameStep(one: Correction, other: Correction): boolean {
  return one.symptom === other.symptom && one.ladderStep === other.ladderStep
}

/** `symptom/step of its ladder`, as commands and records name a correction. */
export function correctionName({ symptom, ladderStep }: Correction): string {
  return `${symptom}/${ladderStep}`
}
