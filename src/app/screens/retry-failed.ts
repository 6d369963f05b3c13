import { CalculationUnknownError } from '../../ports/store-errors.ts'
import type { CalculationRecord, Store } from '../../ports/store.ts'

/** Gives failed calculations another attempt; what was blocked behind them follows by itself. */
export async function retryFailed(store: Store, ids: readonly string[]): Promise<readonly string[]> {
  const failed = ids.length === 0 ? await store.calculations({ states: ['failed'] }) : await named(store, ids)
  const moved: string[] = []
  for (const calculation of failed) {
    if (calculation.state !== 'failed') continue
    const why = { actor: 'person', reason: 'asked to try again' }
    await store.transition(calculation, 'ready', why, { failure: null })
    moved.push(calculation.id)
  }
  return moved
}

async function named(store: Store, ids: readonly string[]): Promise<readonly CalculationRecord[]> {
  const found = await Promise.all(ids.map((id) => store.calculation(id)))
  return found.map((calculation, i) => {
    if (calculation === undefined) throw new CalculationUnknownError(ids[i] ?? '')
    return calculation
  })
}
