import type { Hono } from 'hono'
import { stream } from 'hono/streaming'
import { z } from 'zod'
import { checkSite } from '../../../app/site-check/check-site.ts'
import type { SiteCheckLine } from '../../api-types.ts'
import { connectionOf } from '../attempt-folder.ts'
import type { DashboardParts } from '../dashboard-parts.ts'
import type { LiveModel } from '../live-model.ts'
import { coreHoursBySite, sitesNow } from '../sites-now.ts'

const wish = z.strictObject({ site: z.string(), withJob: z.boolean() })
const jobTimeoutSeconds = 1800

/** How the sites are, and their check: each answer is sent as it is found. */
export function addSites(app: Hono, parts: DashboardParts, model: LiveModel): void {
  const coreHours = coreHoursBySite(parts.store, () => [...new Set(model.rows().map(({ screen }) => screen))])
  app.get('/api/sites', async (context) => context.json(await sitesNow(parts, coreHours)))

  app.post('/api/sites/check', async (context) => {
    const { site, withJob } = wish.parse(await context.req.json())
    const connection = connectionOf(parts, site)
    context.header('Content-Type', 'application/x-ndjson')
    return stream(context, async (out) => {
      const stopped = new AbortController()
      out.onAbort(() => stopped.abort())
      const send = (line: SiteCheckLine): void => void out.write(`${JSON.stringify(line)}\n`)
      const { templates, clock } = parts
      const check = { connection, templates, clock, signal: stopped.signal, jobTimeoutSeconds, say: (words: string) => send({ words }) }
      const report = await checkSite(check, { withJob, onProbe: (probe) => send({ probe }) })
      await out.write(`${JSON.stringify({ outcome: report.outcome, keptFolder: report.keptFolder ?? null } satisfies SiteCheckLine)}\n`)
    })
  })
}
