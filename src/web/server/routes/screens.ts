import { basename } from 'node:path'
import type { Hono } from 'hono'
import { screenNamed } from '../../../app/results/screen-results.ts'
import type { ScreenRecord } from '../../../ports/store.ts'
import type { SiteConnection } from '../../../ports/site-connection.ts'
import { isKnownError } from '../../../base/known-error.ts'
import type { Candidate } from '../../../workflow/candidate.ts'
import { readScreen } from '../../../workflow/screen/read-screen.ts'
import type { ActionName, CandidateInfo, ScreenDetail, ScreenInfo, SiteInfo, Snapshot } from '../../api-types.ts'
import { packRows } from '../../packed-rows.ts'
import type { DashboardParts } from '../dashboard-parts.ts'
import { knownScreens } from '../known-screens.ts'
import type { LiveModel } from '../live-model.ts'
import type { Session } from '../session.ts'

/** The project as a whole, and the members of one screen. */
export function addScreens(app: Hono, parts: DashboardParts, model: LiveModel, session: Session, actions: readonly ActionName[]): void {
  const screens = knownScreens(parts.store, model, (screen) => ({ info: screenInfo(screen), detail: screenDetail(screen) }))
  app.get('/api/snapshot', async (context) => {
    await model.refresh()
    const snapshot: Snapshot = {
      project: basename(parts.projectFolder),
      hasEngine: parts.engine !== undefined,
      csrfToken: session.csrfToken,
      sequence: model.sequence(),
      serverMs: parts.clock.now().getTime(),
      screens: (await screens()).map(({ info }) => info),
      sites: [...parts.sites.values()].map(siteInfo),
      actions,
      calculations: packRows(model.rows()),
    }
    return context.json(snapshot)
  })

  app.get('/api/screen', async (context) => {
    const name = context.req.query('name') ?? ''
    const known = (await screens()).find(({ info }) => info.name === name)
    // One that came a moment ago.
    const detail = known?.detail ?? screenDetail(await screenNamed(parts.store, name))
    return context.json(detail)
  })
}

function screenInfo(screen: ScreenRecord): ScreenInfo {
  const { name, source, createdAt, candidates } = screen
  return { name, title: titleOf(screen), source, createdAt, candidateCount: candidates.length }
}

function screenDetail(screen: ScreenRecord): ScreenDetail {
  return { name: screen.name, title: titleOf(screen), candidates: screen.candidates.map(candidateInfo) }
}

/** A screen file of an older version that is not understood any more keeps its name. */
export function titleOf({ name, text, source }: ScreenRecord): string {
  try {
    return readScreen(text, source).title ?? name
  } catch (error) {
    if (!isKnownError(error)) throw error
    return name
  }
}

function siteInfo({ site, transport }: SiteConnection): SiteInfo {
  const { name, scheduler, method, workFolder, maxJobs, pollSeconds, vasp } = site
  return { name, host: transport.host, scheduler, method, workFolder, maxJobs, pollSeconds, vaspVersion: vasp.version }
}

export function candidateInfo(candidate: Candidate): CandidateInfo {
  const { id, dopant, series, site, formula, atomCount, delithiation, warnings } = candidate
  const place = site === null ? null : [`${site.element} ${site.wyckoff}`, site.layer, site.place].filter((word) => word !== null).join(', ')
  return { id, dopant, series, site: place, formula, atomCount, isDelithiated: delithiation !== null, warnings }
}
