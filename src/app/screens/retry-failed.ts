import { CalculationUnknownError } from '../../ports/store-errors.ts'
import type { CalculationRecord, Store } from '../../ports/store.ts'

/**
 * Gives failed calculations another attempt; what was blocked behind them follows by itself. A cancelled one goes on when it
 * is named by its own id.
 *
 * @param ids of calculations, or names of screens for all that failed in them; none for all of the project
 */
export async function retryFailed(store: Store, ids: readonly string[], actor = 'person'): Promise<readonly string[]> {
  const failed = ids.length === 0 ? await store.calculations({ states: ['failed'] }) : await named(store, ids)
  const moved: string[] = []
  for (const calculation of failed) {
    const isCancelled = calculation.state === 'cancelled' && ids.includes(calculation.id)
    if (calculation.state !== 'failed' && !isCancelled) continue
    const why = { actor, reason: 'asked to try again' }
    // A cancelled one may not have had its turn yet.
    await store.transition(calculation, isCancelled ? 'planned' : 'ready', why, { failure: null })
    moved.push(calculation.id)
  }
  return moved
}

async function oneOrScreen(store: Store, id: string): Promise<readonly CalculationRecord[]> {
  const calculation = await store.calculation(id)
  if (calculation !== undefined) return [calculation]
  if ((await store.screen(id)) === undefined) throw new CalculationUnknownError(id)
  return store.calculations({ screenName: id, states: ['failed'] })
}

async function named(store: Store, ids: readonly string[]): Promise<readonly CalculationRecord[]> {
  const found = await Promise.all(ids.map((id) => oneOrScreen(store, id)))
  return found.flat()
}
