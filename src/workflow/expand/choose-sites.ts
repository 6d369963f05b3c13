import { elementsOf } from '../../structure/structure.ts'
import type { SiteRule } from '../screen/screen-schema.ts'
import type { BuiltHost } from './built-host.ts'
import { NoSuchSiteError } from './expand-errors.ts'
import { hostPositions, type HostPosition } from './host-positions.ts'

/** One symmetry-distinct position that a rule asks for. */
export interface ChosenSite {
  /** Name of the sub-series. */
  readonly series: string
  /** Ending of the candidate's id; empty where the rule has only one site. */
  readonly suffix: string
  /** `surface`, or where it lies in words. */
  readonly place: string
  readonly site: HostPosition
}

/**
 * The sites of a host that a rule asks for, shallowest first.
 *
 * `surface`, `subsurface` and `centre` are the shallowest, the next and the deepest distinct position of those that fit
 * the rest of the rule; a number is a depth in Å, met within 0.3 Å; `any` is every distinct position, as is every rule
 * in a bulk crystal.
 *
 * @throws NoSuchSiteError listing the sites that exist
 */
export function chooseSites(host: BuiltHost, rule: SiteRule): readonly ChosenSite[] {
  const element = rule.replace ?? ''
  const fitting = hostPositions(host, element).filter(
    (site) =>
      (rule.wyckoff === undefined || site.wyckoff === rule.wyckoff) &&
      (rule.layer === undefined || site.layer === rule.layer),
  )
  const isBulk = host.slab === undefined
  const chosen = isBulk ? fitting : atDepth(fitting, rule.depth)
  if (chosen.length === 0) throw new NoSuchSiteError(wordsOf(rule), existingSites(host))
  const series = rule.name ?? element
  if (isBulk) return chosen.map((site) => ({ series, suffix: bulkSuffix(site, chosen), place: 'bulk', site }))
  const isNamed = typeof rule.depth === 'string' && rule.depth !== 'any'
  return chosen.map((site) => ({
    series,
    suffix: isNamed ? depthSuffix(rule.depth) : `-${(site.depthAngstrom ?? 0).toFixed(2)}A-${site.wyckoff}`,
    place: isNamed ? String(rule.depth) : site.place,
    site,
  }))
}

/** What a depth adds to an id: nothing for the surface. */
export function depthSuffix(depth: SiteRule['depth']): string {
  return depth === 'surface' ? '' : `-${depth}`
}

const depthToleranceAngstrom = 0.3

/** Of positions sorted by depth, those that a rule means. */
export function atDepth<P extends { readonly depthAngstrom: number | null }>(
  sites: readonly P[],
  depth: SiteRule['depth'],
): readonly P[] {
  if (depth === 'any') return sites
  if (typeof depth === 'number') {
    return sites.filter((site) => Math.abs((site.depthAngstrom ?? 0) - depth) <= depthToleranceAngstrom)
  }
  const one = depth === 'surface' ? sites[0] : depth === 'subsurface' ? sites[1] : sites.at(-1)
  return one === undefined ? [] : [one]
}

function bulkSuffix(site: HostPosition, chosen: readonly HostPosition[]): string {
  if (chosen.length === 1) return ''
  const alike = chosen.filter((other) => other.wyckoff === site.wyckoff)
  return alike.length === 1 ? `-${site.wyckoff}` : `-${site.wyckoff}-${site.label}`
}

function wordsOf(rule: SiteRule): string {
  const words = [rule.replace, rule.wyckoff, rule.layer, `depth ${rule.depth}`]
  return words.filter((word) => word !== undefined).join(', ')
}

function existingSites(host: BuiltHost): readonly string[] {
  return elementsOf(host.structure)
    .flatMap((element) => hostPositions(host, element))
    .map((site) => [
      ...[site.element, site.wyckoff, site.layer],
      site.depthAngstrom === null ? undefined : `at ${site.depthAngstrom.toFixed(2)} Å`,
    ])
    .map((words) => words.filter((word) => word !== undefined).join(' '))
}
