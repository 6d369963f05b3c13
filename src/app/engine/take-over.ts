import { readTenureToken } from '../../ports/tenures.ts'
import { siteOf, type EngineParts } from './engine-parts.ts'
import { takeOverSite } from './hold-site.ts'

export interface TakenOver {
  readonly site: string
  readonly epoch: number
}

/**
 * Makes this copy of the project the owner on the named sites, whoever drives it there now; jobs of the old owner go on
 * and are adopted when their calculations come up.
 *
 * @throws SiteUnknownError, and what the transport throws for a site that cannot be reached
 */
export async function takeOver(parts: EngineParts, siteNames: readonly string[]): Promise<readonly TakenOver[]> {
  for (const name of siteNames) siteOf(parts, name)
  const taken: TakenOver[] = []
  for (const site of siteNames) {
    const { epoch } = await takeOverSite(parts, site)
    taken.push({ site, epoch })
  }
  return taken
}

/** Sites that have calculations of this project or were driven by it. */
export async function sitesInUse(parts: EngineParts): Promise<readonly string[]> {
  const used = new Set((await parts.store.summaries()).map(({ site }) => site))
  return [...parts.sites.keys()].filter((name) => used.has(name))
}

/** One line about who drove a site before, as this store remembers it. */
export async function lastKnownOwner(parts: EngineParts, site: string): Promise<string> {
  const known = await parts.tenures.read(site)
  if (known === undefined) return `${site}: this copy has not driven it yet`
  const { host, since } = readTenureToken(known.token)
  return `${site}: last driven by this store on ${host} since ${since}`
}
