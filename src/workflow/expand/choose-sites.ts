import type { Slab, SlabSite } from '../../structure/slab/slab.ts'
import type { SiteRule } from '../screen/screen-schema.ts'
import { NoSuchSiteError } from './expand-errors.ts'

/** One symmetry-distinct position that a rule asks for. */
export interface ChosenSite {
  /** Name of the sub-series. */
  readonly series: string
  /** `surface`, or the depth in Å where the rule asks for one or for all. */
  readonly place: string
  /** An atom of the orbit: on the top face where the orbit has both. */
  readonly site: SlabSite
}

/**
 * The sites of a slab that a rule asks for, shallowest first.
 *
 * `surface`, `subsurface` and `centre` are the shallowest, the next and the deepest distinct position; a number is a
 * depth in Å, met within 0.3 Å; `any` is every distinct position.
 *
 * @throws NoSuchSiteError listing the sites that exist
 */
export function chooseSites(slab: Slab, rule: SiteRule): readonly ChosenSite[] {
  const fitting = distinctSites(slab).filter(
    (site) =>
      site.element === rule.replace &&
      (rule.wyckoff === undefined || site.wyckoff === rule.wyckoff) &&
      (rule.layer === undefined || site.layer === rule.layer),
  )
  const chosen = atDepth(fitting, rule.depth)
  if (chosen.length === 0) throw new NoSuchSiteError(wordsOf(rule), existingSites(slab))
  const byDepth = rule.depth === 'any' || typeof rule.depth === 'number'
  return chosen.map((site) => ({
    series: rule.name ?? rule.replace,
    place: byDepth ? `${site.depthAngstrom.toFixed(2)}A-${site.wyckoff}` : String(rule.depth),
    site,
  }))
}

/** One site of each orbit, shallowest first, on the top face. */
function distinctSites(slab: Slab): readonly SlabSite[] {
  const first = new Map<number, SlabSite>()
  for (const site of slab.sites) {
    const before = first.get(site.orbit)
    if (before === undefined || (before.face !== 'top' && site.face === 'top')) first.set(site.orbit, site)
  }
  return [...first.values()].sort((a, b) => a.depthAngstrom - b.depthAngstrom || a.orbit - b.orbit)
}

const depthToleranceAngstrom = 0.3

function atDepth(sites: readonly SlabSite[], depth: SiteRule['depth']): readonly SlabSite[] {
  if (depth === 'any') return sites
  if (typeof depth === 'number') {
    return sites.filter((site) => Math.abs(site.depthAngstrom - depth) <= depthToleranceAngstrom)
  }
  const one = depth === 'surface' ? sites[0] : depth === 'subsurface' ? sites[1] : sites.at(-1)
  return one === undefined ? [] : [one]
}

function wordsOf(rule: SiteRule): string {
  return [rule.replace, rule.wyckoff, rule.layer, `depth ${rule.depth}`].filter((word) => word !== undefined).join(', ')
}

function existingSites(slab: Slab): readonly string[] {
  return distinctSites(slab).map(
    (site) => `${site.element} ${site.wyckoff}${site.layer === undefined ? '' : ` ${site.layer}`} at ${site.depthAngstrom.toFixed(2)} Å`,
  )
}
