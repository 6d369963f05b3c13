import type { CalculationSummary, Store } from '../../ports/store.ts'
import { isStaleRevision } from '../../ports/store-errors.ts'
import type { CalculationState } from '../../workflow/calculation-state.ts'

/** Moves each of them; one that moved meanwhile is passed over, and a person who looks again sees where it is. Returns the ids moved. */
export async function moveAll(
  store: Pick<Store, 'transition'>,
  calculations: readonly CalculationSummary[],
  to: CalculationState,
  why: { readonly actor: string; readonly reason: string },
): Promise<readonly string[]> {
  const moved: string[] = []
  for (const calculation of calculations) {
    try {
      await store.transition(calculation, to, why)
      moved.push(calculation.id)
    } catch (error) {
      if (!isStaleRevision(error)) throw error
    }
  }
  return moved
}
