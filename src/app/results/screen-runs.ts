import type { CalculationRecord, Store } from '../../ports/store.ts'
import type { StepResult } from '../../workflow/step-result.ts'

/** One calculation with what it said; no result before it has ended. */
export interface ScreenRun {
  readonly calculation: CalculationRecord
  readonly result: StepResult | undefined
  /** When the result was read, ISO 8601. */
  readonly collectedAt: string | undefined
}

/** Every calculation of a screen, in the order in which they were planned. */
export async function screenRuns(store: Store, screenName: string): Promise<readonly ScreenRun[]> {
  const calculations = await store.calculations({ screenName })
  const results = new Map((await store.results(screenName)).map((each) => [each.calculationId, each]))
  return calculations.map((calculation) => {
    const kept = results.get(calculation.id)
    return { calculation, result: kept?.result as StepResult | undefined, collectedAt: kept?.createdAt }
  })
}
