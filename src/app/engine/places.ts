import type { Site } from '../../ports/site.ts'
import type { SiteHold, SiteWatch } from '../../ports/site-watch.ts'
import type { CalculationState } from '../../workflow/calculation-state.ts'
import { siteOf, type EngineParts } from './engine-parts.ts'
import { holdOf } from './held-site.ts'

/** States that hold one of the site's places. */
export const placeHolding: readonly CalculationState[] = [
  'staged',
  'submitting',
  'submit-unknown',
  'queued',
  'running',
  'suspended',
  'cancelling',
]

/** The stand-in's processes are short and each project has its own: two rehearsals on one machine share it. */
export function countsOthers(site: Site): boolean {
  return !(site.scheduler === 'direct' && site.method === 'rehearsal')
}

export interface Places {
  /** Held by this project. */
  readonly held: number
  /** Jobs of the user on the site that are not of this project. */
  readonly others: number
  readonly free: number
  readonly watch: SiteWatch | undefined
  /** The batch system refuses what the site's definition asks for. */
  readonly hold: SiteHold | undefined
}

/** The places of a site, all jobs of the user counted, whoever submitted them. */
export async function placesOf(parts: Pick<EngineParts, 'store'>, site: Site): Promise<Places> {
  const held = await parts.store.count({ site: site.name, states: placeHolding })
  const watches = countsOthers(site) ? await parts.store.siteWatches() : []
  const watch = watches.find((each) => each.site === site.name)
  const others = watch?.otherJobs ?? 0
  const hold = await holdOf(parts.store, site)
  const isShut = hold !== undefined || watch?.fullReason != null
  return { held, others, free: isShut ? 0 : Math.max(0, site.maxJobs - held - others), watch, hold }
}

/** Is it known what else the user has on the site? Nothing new is submitted before. */
export function isSeen(parts: EngineParts, siteName: string, { watch }: Places): boolean {
  const { site } = siteOf(parts, siteName)
  if (!countsOthers(site)) return true
  return watch !== undefined && parts.clock.now().getTime() - Date.parse(watch.seenAt) < seenForMs
}

const seenForMs = 30 * 60_000
