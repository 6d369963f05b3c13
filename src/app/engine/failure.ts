import { isKnownError } from '../../base/known-error.ts'
import type { CalculationRecord, Failure } from '../../ports/store.ts'
import type { AttemptDecision } from '../../workflow/attempt-decision.ts'
import { correctionName } from '../dispatch/attempt-plan.ts'

/** An error as the store keeps it. */
export function failureOf(error: unknown): Failure {
  if (isKnownError(error)) return { code: error.code, message: error.message, remedy: error.remedy }
  const message = error instanceof Error ? error.message : String(error)
  return {
    code: 'INTERNAL',
    message,
    remedy: 'Report this with the output of `dopant show`; retry the calculation meanwhile.',
  }
}

/** Why a calculation waits for a person, as the store keeps it. */
export function failureOfDecision(
  { id, screenName, step }: Pick<CalculationRecord, 'id' | 'screenName' | 'step'>,
  { kind, reason, advice, correction }: AttemptDecision,
): Failure {
  if (kind === 'offer' && correction !== undefined) {
    const remedy = `Accept it for every ${step} of the series with \`dopant accept-correction ${screenName} ${correctionName(correction)}\`, or change method.incar of the screen.`
    return { code: 'CONSENT_NEEDED', message: `${reason} This changes what the energy means, so nobody did it.`, remedy }
  }
  const remedy = advice ?? `Look into the last attempt with \`dopant why ${id}\`, then retry.`
  if (/^(nelm|nonconverging):/.test(reason)) return { code: 'ELECTRONIC_UNCONVERGED', message: reason, remedy }
  return { code: 'ATTEMPTS_USED_UP', message: reason, remedy }
}
