import { distinctSubstitutionSites, type SubstitutionSite } from '../../structure/dopant/substitution-sites.ts'
import type { Slab } from '../../structure/slab/slab.ts'
import { elementsOf } from '../../structure/structure.ts'
import type { SiteRule } from '../screen/screen-schema.ts'
import { NoSuchSiteError } from './expand-errors.ts'

/** One symmetry-distinct position that a rule asks for. */
export interface ChosenSite {
  /** Name of the sub-series. */
  readonly series: string
  /** Ending of the candidate's id; empty where the rule has only one site. */
  readonly suffix: string
  /** `surface`, or the depth in Å where the rule asks for one or for all. */
  readonly place: string
  readonly site: SubstitutionSite
}

/**
 * The sites of a slab that a rule asks for, shallowest first.
 *
 * `surface`, `subsurface` and `centre` are the shallowest, the next and the deepest distinct position of those that fit
 * the rest of the rule; a number is a depth in Å, met within 0.3 Å; `any` is every distinct position.
 *
 * @throws NoSuchSiteError listing the sites that exist
 */
export function chooseSites(slab: Slab, rule: SiteRule): readonly ChosenSite[] {
  const fitting = distinctSubstitutionSites(slab, rule.replace).filter(
    (site) =>
      (rule.wyckoff === undefined || site.wyckoff === rule.wyckoff) &&
      (rule.layer === undefined || site.layer === rule.layer),
  )
  const chosen = atDepth(fitting, rule.depth)
  if (chosen.length === 0) throw new NoSuchSiteError(wordsOf(rule), existingSites(slab))
  const isNamed = typeof rule.depth === 'string' && rule.depth !== 'any'
  return chosen.map((site) => ({
    series: rule.name ?? rule.replace,
    suffix: isNamed ? (rule.depth === 'surface' ? '' : `-${rule.depth}`) : `-${site.depthAngstrom.toFixed(2)}A-${site.wyckoff}`,
    place: isNamed ? String(rule.depth) : site.depth,
    site,
  }))
}

const depthToleranceAngstrom = 0.3

function atDepth(sites: readonly SubstitutionSite[], depth: SiteRule['depth']): readonly SubstitutionSite[] {
  if (depth === 'any') return sites
  if (typeof depth === 'number') {
    return sites.filter((site) => Math.abs(site.depthAngstrom - depth) <= depthToleranceAngstrom)
  }
  const one = depth === 'surface' ? sites[0] : depth === 'subsurface' ? sites[1] : sites.at(-1)
  return one === undefined ? [] : [one]
}

function wordsOf(rule: SiteRule): string {
  const words = [rule.replace, rule.wyckoff, rule.layer, `depth ${rule.depth}`]
  return words.filter((word) => word !== undefined).join(', ')
}

function existingSites(slab: Slab): readonly string[] {
  return elementsOf(slab.structure)
    .flatMap((element) => distinctSubstitutionSites(slab, element))
    .map((site) => [site.element, site.wyckoff, site.layer, `at ${site.depthAngstrom.toFixed(2)} Å`])
    .map((words) => words.filter((word) => word !== undefined).join(' '))
}
