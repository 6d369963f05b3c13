import { cancel, type Cancelled } from '../app/engine/cancel.ts'
import { releaseSites } from '../app/engine/held-site.ts'
import { pause, resume } from '../app/screens/pause.ts'
import { retryFailed } from '../app/screens/retry-failed.ts'
import { askOwner, openWorkspace, type WorkspaceOptions } from '../compose.ts'
import type { Store } from '../ports/store.ts'
import { withStore } from './with-store.ts'

export const targetActions = ['retry', 'cancel', 'pause', 'resume'] as const
export type TargetAction = (typeof targetActions)[number]

/** What an action did. */
export interface ActionOutcome {
  readonly moved: readonly string[]
  /** One sentence. */
  readonly words: string
}

/**
 * Does what `dopant retry`, `cancel`, `pause` or `resume` do, through the engine that runs or without one; every move is in
 * the event log under the actor's name.
 *
 * @throws TargetUnknownError, CalculationUnknownError
 */
export async function actOnTargets(workspace: WorkspaceOptions, action: TargetAction, targets: readonly string[], actor: string): Promise<ActionOutcome> {
  if (action === 'cancel') return cancelWords(await cancelTargets(workspace, targets, actor))
  const outcome = await withStore(workspace, (store) => moves[action](store, targets, actor))
  const isAsked = action === 'resume' || outcome.moved.length > 0
  const isRunning = isAsked && action !== 'pause' && (await askOwner(workspace, 'reconcile', {})) !== undefined
  const later = outcome.moved.length === 0 || action === 'pause' || isRunning ? '' : ' The next `dopant run` or `dopant serve` starts them.'
  return { ...outcome, words: `${outcome.words}${later}` }
}

type Move = (store: Store, targets: readonly string[], actor: string) => Promise<ActionOutcome>

const moves: Readonly<Record<Exclude<TargetAction, 'cancel'>, Move>> = {
  retry: async (store, targets, actor) => told(await retryFailed(store, targets, actor), 'tried again', 'Nothing has failed there.'),
  resume: async (store, targets, actor) => {
    const released = await releaseSites(store, targets)
    const asked = released.length === 0 ? 'Nothing was held there.' : `${released.join(', ')} is asked again.`
    return told(await resume(store, targets, actor), 'released', asked)
  },
  pause: async (store, targets, actor) => {
    const { moved, running } = await pause(store, targets, actor)
    const rest = running.length === 0 ? '' : ` ${countWords(running.length)} with a job already will run to the end.`
    const outcome = told(moved, 'held', 'Nothing was waiting there.')
    return { ...outcome, words: `${outcome.words}${rest}` }
  },
}

/** An engine that runs here does it itself, over the connection that it has. */
async function cancelTargets(workspace: WorkspaceOptions, targets: readonly string[], actor: string): Promise<Cancelled> {
  const answer = await askOwner<Cancelled>(workspace, 'cancel', { targets, actor })
  if (answer !== undefined) return answer
  const { parts, close } = await openWorkspace(workspace)
  try {
    return await cancel(parts, targets, actor)
  } finally {
    await close()
  }
}

function cancelWords({ cancelled, cancelling, inDoubt }: Cancelled): ActionOutcome {
  const doubt = inDoubt.length === 0 ? '' : ` ${countWords(inDoubt.length)} just being submitted: cancel again in a minute.`
  const asked = cancelling.length === 0 ? '' : ` ${countWords(cancelling.length)} with a job that was asked to end.`
  const outcome = told([...cancelled, ...cancelling], 'cancelled', 'There is nothing to cancel.')
  return { ...outcome, words: `${outcome.words}${asked}${doubt}` }
}

function told(moved: readonly string[], done: string, otherwise: string): ActionOutcome {
  return { moved, words: moved.length === 0 ? otherwise : `${countWords(moved.length)} ${done}.` }
}

function countWords(count: number): string {
  return count === 1 ? '1 calculation' : `${count} calculations`
}
