import type { Hono } from 'hono'
import { z } from 'zod'
import { fillSite } from '../../../app/engine/fill-site.ts'
import { retryFailed } from '../../../app/screens/retry-failed.ts'
import type { ActionAnswer, ActionName } from '../../api-types.ts'
import type { DashboardParts } from '../dashboard-parts.ts'
import type { LiveModel } from '../live-model.ts'
import type { Questions } from '../questions.ts'

const actor = 'dashboard'
const idList = z.strictObject({ ids: z.array(z.string().min(1)).min(1).max(10_000) })

type Act = (parts: DashboardParts, ids: readonly string[]) => Promise<ActionAnswer>

/** What a person may do from the page. */
const acts: Partial<Record<ActionName, Act>> = {
  retry: async (parts, ids) => {
    const moved = await retryFailed(parts.store, ids, actor)
    return { moved, words: moved.length === 0 ? 'Nothing has failed there.' : `${countWords(moved.length)} will be tried again.` }
  },
}

export const actionNames = Object.keys(acts) as readonly ActionName[]

export function addActions(app: Hono, parts: DashboardParts, model: LiveModel, questions: Questions): void {
  for (const name of actionNames) {
    app.post(`/api/actions/${name}`, async (context) => {
      const { ids } = idList.parse(await context.req.json())
      const answer = await acts[name]!(parts, ids)
      await followUp(parts, model)
      return context.json(answer)
    })
  }
  app.post('/api/answer', async (context) => {
    const { id, answer } = z.strictObject({ id: z.string(), answer: z.string().max(4096) }).parse(await context.req.json())
    return context.json({ isTaken: questions.answer(id, answer) })
  })
}

/** The engine in this process goes on at once; another one's next round finds it in the store. */
async function followUp({ engine }: DashboardParts, model: LiveModel): Promise<void> {
  if (engine !== undefined) for (const name of engine.sites.keys()) await fillSite(engine, name)
  await model.refresh()
}

export function countWords(count: number): string {
  return count === 1 ? 'One calculation' : `${count} calculations`
}
