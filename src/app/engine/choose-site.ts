import type { CalculationSummary } from '../../ports/store.ts'
import { isStaleRevision } from '../../ports/store-errors.ts'
import type { EngineParts } from './engine-parts.ts'
import { isSeen, placesOf } from './places.ts'

/**
 * Ready calculations that stand in line at other sites, may run here, and would wait there: their site has no free place, is
 * full, or was not seen for a while. Only those that never started: an attempt's folder stays where it is.
 */
export async function movableTo(parts: EngineParts, siteName: string, most: number): Promise<readonly CalculationSummary[]> {
  if (most === 0 || parts.sites.size < 2) return []
  const ready = await parts.store.summaries({ states: ['ready'], byPriority: true })
  const choosable = ready.filter(({ site, sites, attempt }) => attempt === 0 && site !== siteName && sites.includes(siteName))
  const full = new Map<string, boolean>()
  for (const { site } of choosable) if (!full.has(site)) full.set(site, await isFull(parts, site))
  return choosable.filter(({ site }) => full.get(site) === true).slice(0, most)
}

async function isFull(parts: EngineParts, siteName: string): Promise<boolean> {
  const connection = parts.sites.get(siteName)
  if (connection === undefined) return true
  const places = await placesOf(parts, connection.site)
  return places.free === 0 || !isSeen(parts, siteName, places)
}

/** Moves them one by one; another engine may have been quicker. */
export async function takeOverLine(parts: EngineParts, siteName: string, waiting: readonly CalculationSummary[]): Promise<readonly CalculationSummary[]> {
  const moved: CalculationSummary[] = []
  for (const calculation of waiting) {
    if (calculation.site === siteName || (await move(parts, calculation, siteName, `${siteName} has a place, ${calculation.site} has none`))) {
      moved.push(calculation)
    }
  }
  return moved
}

/** A step that follows another prefers its site: the WAVECAR is there. */
export async function preferSiteOf(parts: EngineParts, ready: CalculationSummary, before: readonly CalculationSummary[]): Promise<void> {
  const site = before[0]?.site
  if (site === undefined || site === ready.site || ready.attempt > 0 || !ready.sites.includes(site)) return
  await move(parts, ready, site, `${before[0]?.id} ran on ${site}: its WAVECAR is there`)
}

async function move(parts: EngineParts, calculation: CalculationSummary, site: string, reason: string): Promise<boolean> {
  try {
    await parts.store.moveToSite(calculation, site, reason)
    return true
  } catch (error) {
    if (!isStaleRevision(error)) throw error
    return false
  }
}
