import type { CalculationRecord, Store } from '../../ports/store.ts'
import type { AttemptRecord } from '../../ports/attempt.ts'
import { keptResult } from '../../workflow/kept-result.ts'
import type { StepResult } from '../../workflow/step-result.ts'
import type { RunPlace } from './run-files.ts'

/** One calculation with what it said; no result before it has ended. */
export interface ScreenRun {
  readonly calculation: CalculationRecord
  readonly result: StepResult | undefined
  /** When the result was read, ISO 8601. */
  readonly collectedAt: string | undefined
  /** Oldest first; empty before the first. */
  readonly attempts: readonly AttemptRecord[]
}

/** Every calculation of a screen, in the order in which they were planned. */
export async function screenRuns(store: Store, screenName: string): Promise<readonly ScreenRun[]> {
  const calculations = await store.calculations({ screenName })
  const results = new Map((await store.results(screenName)).map((each) => [each.calculationId, each]))
  const attempts = new Map<string, AttemptRecord[]>()
  for (const attempt of await store.attemptsOfScreen(screenName)) {
    attempts.set(attempt.calculationId, [...(attempts.get(attempt.calculationId) ?? []), attempt])
  }
  return calculations.map((calculation) => {
    const kept = results.get(calculation.id)
    const own = attempts.get(calculation.id) ?? []
    return { calculation, result: keptResult(kept), collectedAt: kept?.createdAt, attempts: own }
  })
}

/** Where the files of every attempt lie, oldest first; a calculation without rows of attempts has its last folder. */
export function attemptPlaces({ calculation, attempts }: ScreenRun): readonly AttemptPlace[] {
  const { id, attempt, site, remoteFolder } = calculation
  const earlier = attempts.filter((each) => each.attempt < attempt && each.remoteFolder !== null)
  return [...earlier.map((each) => ({ id, attempt: each.attempt, site: each.site, remoteFolder: each.remoteFolder })), { id, attempt, site, remoteFolder }]
}

export type AttemptPlace = RunPlace & Pick<AttemptRecord, 'attempt'>
