import { acceptCorrection } from '../../app/screens/accept-correction.ts'
import { releaseSites } from '../../app/engine/held-site.ts'
import { findTargets } from '../../app/screens/find-target.ts'
import { pause, resume } from '../../app/screens/pause.ts'
import { retryFailed } from '../../app/screens/retry-failed.ts'
import type { ActionAnswer, ActionName } from '../api-types.ts'
import type { DashboardParts } from './dashboard-parts.ts'
import { offeredChange } from './offered-change.ts'

/** Who did it, in the event log. */
const actor = 'dashboard'

/** @param targets calculations, or names of screens for everything in them */
export type Act = (parts: DashboardParts, targets: readonly string[], priority: number) => Promise<ActionAnswer>

/** What a person may do from the page. */
export const acts: Partial<Record<ActionName, Act>> = {
  retry: async ({ store }, targets) => {
    const moved = await retryFailed(store, targets, actor)
    return answer(moved, 'will be tried again', 'Nothing has failed there.')
  },
  pause: async ({ store }, targets) => {
    const { moved, running } = await pause(store, targets, actor)
    const rest = running.length === 0 ? '' : ` ${countWords(running.length)} with jobs already run to their end.`
    return answer(moved, `held.${rest}`, `Nothing was waiting.${rest}`)
  },
  resume: async ({ store }, targets) => {
    const released = await releaseSites(store, targets)
    return answer(await resume(store, targets, actor), 'go on', released.length === 0 ? 'Nothing was held.' : `${released.join(', ')} is asked again.`)
  },
  cancel: async (parts, targets) => {
    const done = await parts.cancel(targets)
    if (done === undefined) return { moved: [], words: 'No engine runs that could end jobs; start one with dopant serve.' }
    const { cancelled, cancelling, inDoubt } = done
    const doubt = inDoubt.length === 0 ? '' : ` ${countWords(inDoubt.length)} is just being submitted: cancel again in a minute.`
    return answer([...cancelled, ...cancelling], `cancelled.${doubt}`, `There is nothing to cancel.${doubt}`)
  },
  priority: async ({ store }, targets, priority) => {
    const ids = (await findTargets(store, targets)).map(({ id }) => id)
    const count = await store.setPriority(ids, priority)
    for (const id of ids) await store.remark(id, { actor, reason: `priority ${priority}` })
    return { moved: ids, words: `${countWords(count)}: priority ${priority}.` }
  },
  'accept-correction': async ({ store }, [id = '']) => {
    const { screenName, change } = await offeredChange(store, id)
    return answer(await acceptCorrection(store, screenName, change, actor), 'run with the correction', 'Kept for what is still to run.')
  },
}

function answer(moved: readonly string[], words: string, otherwise: string): ActionAnswer {
  return { moved, words: moved.length === 0 ? otherwise : `${countWords(moved.length)}: ${words}${words.endsWith('.') ? '' : '.'}` }
}

function countWords(count: number): string {
  return count === 1 ? 'One calculation' : `${count} calculations`
}
