import type { Hono } from 'hono'
import { z } from 'zod'
import { advance } from '../../../app/engine/advance.ts'
import { fillSite } from '../../../app/engine/fill-site.ts'
import type { ActionName } from '../../api-types.ts'
import { acts } from '../acts.ts'
import type { DashboardParts } from '../dashboard-parts.ts'
import type { LiveModel } from '../live-model.ts'
import type { Questions } from '../questions.ts'

const wish = z.strictObject({ ids: z.array(z.string().min(1)).min(1).max(10_000), priority: z.int().min(-100).max(100).default(0) })
const given = z.strictObject({ id: z.string(), answer: z.string().max(4096).nullable() })

export const actionNames = Object.keys(acts) as readonly ActionName[]

/** What changes something: one address for each action, and the answers to questions of sites. */
export function addActions(app: Hono, parts: DashboardParts, model: LiveModel, questions: Questions): void {
  for (const name of actionNames) {
    app.post(`/api/actions/${name}`, async (context) => {
      const { ids, priority } = wish.parse(await context.req.json())
      const answer = await acts[name]!(parts, ids, priority)
      await followUp(parts, model)
      return context.json(answer)
    })
  }
  app.post('/api/answer', async (context) => {
    const { id, answer } = given.parse(await context.req.json())
    return context.json({ isTaken: questions.answer(id, answer) })
  })
}

/** The engine in this process goes on at once; another one's next round finds it in the store. */
async function followUp({ engine }: DashboardParts, model: LiveModel): Promise<void> {
  if (engine !== undefined) {
    await advance(engine)
    for (const name of engine.sites.keys()) await fillSite(engine, name)
  }
  await model.refresh()
}
