import type { Store } from '../../ports/store.ts'
import { finalStates, type CalculationState } from '../../workflow/calculation-state.ts'
import { findTargets } from './find-target.ts'
import { moveAll } from './move-all.ts'

export interface Paused {
  readonly moved: readonly string[]
  /** On a site already: they run on, and what follows them waits. */
  readonly running: readonly string[]
}

const notStarted: readonly CalculationState[] = ['planned', 'ready', 'staged', 'blocked']

/** Holds everything of the targets that has no job yet. @throws TargetUnknownError */
export async function pause(store: Store, targets: readonly string[], actor = 'person'): Promise<Paused> {
  const found = await findTargets(store, targets)
  const why = { actor, reason: 'held' }
  const moved = await moveAll(store, found.filter(({ state }) => notStarted.includes(state)), 'paused', why)
  const left = new Set(moved)
  const running = found.filter(({ id, state }) => !left.has(id) && state !== 'paused' && !finalStates.includes(state))
  return { moved, running: running.map(({ id }) => id) }
}

/** Lets what was held go on: it waits for what it depends on, as before. @throws TargetUnknownError */
export async function resume(store: Store, targets: readonly string[], actor = 'person'): Promise<readonly string[]> {
  const found = await findTargets(store, targets)
  return moveAll(store, found.filter(({ state }) => state === 'paused'), 'planned', { actor, reason: 'goes on' })
}
