import { isKnownError } from '../../base/known-error.ts'
import type { FinalState, NativeId } from '../../ports/scheduler.ts'
import type { SiteConnection } from '../../ports/site-connection.ts'
import { inCalls } from '../dispatch/look-at.ts'

/**
 * What accounting knows of jobs that left without telling their end, in one call for all of them.
 *
 * It only adds the cause: where it is off, behind or away, nothing is added.
 */
export async function finalStates(
  { transport, scheduler }: SiteConnection,
  ids: readonly NativeId[],
): Promise<ReadonlyMap<NativeId, FinalState>> {
  const found = new Map<NativeId, FinalState>()
  try {
    for (const some of inCalls(ids)) {
      const command = scheduler.finalStateCommand(some)
      if (command === undefined || scheduler.readFinalStates === undefined) return found
      for (const [id, state] of scheduler.readFinalStates(await transport.run(command))) found.set(id, state)
    }
  } catch (error) {
    if (!isKnownError(error)) throw error
  }
  return found
}
