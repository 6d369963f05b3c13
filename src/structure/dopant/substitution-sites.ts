import type { Slab, SlabSite } from '../slab/slab.ts'
import { NoSubstitutionSiteError } from './dopant-errors.ts'

/** Relative to the other sites of the same element and layer: shallowest, second, deepest, or in between. */
export type SiteDepth = 'surface' | 'subsurface' | 'inner' | 'centre'

/** One symmetry-distinct site of a slab for a dopant. */
export interface SubstitutionSite {
  /** Of the first such ion in built order: on the top face where there is one. */
  readonly label: string
  readonly element: string
  readonly wyckoff: string
  readonly layer?: string
  readonly depthAngstrom: number
  readonly depth: SiteDepth
  readonly face: 'top' | 'bottom' | 'centre'
  readonly coordination: number
  readonly orbit: number
  /** Ions of this orbit in the slab as built. */
  readonly labels: readonly string[]
  readonly multiplicity: number
}

/** What to look for; `depth` counts the distinct depths of the sites that match the rest. */
export interface SiteSelector {
  readonly element: string
  readonly layer?: string
  readonly wyckoff?: string
  readonly depth?: 'surface' | 'subsurface' | 'centre'
  /** `top` by default; on a slab with equivalent faces both have the same sites. */
  readonly face?: 'top' | 'bottom'
}

/** Depths this near are one depth. */
const depthToleranceAngstrom = 0.1

/** All symmetry-distinct sites of an element, shallowest first. */
export function distinctSubstitutionSites(slab: Slab, element: string): readonly SubstitutionSite[] {
  const orbits = new Map<number, SlabSite[]>()
  for (const site of slab.sites) {
    if (site.element !== element) continue
    const members = orbits.get(site.orbit)
    if (members === undefined) orbits.set(site.orbit, [site])
    else members.push(site)
  }
  const first = [...orbits.values()].map((members) => members[0]).filter((site) => site !== undefined)
  return first
    .map((site) => describe(site, orbits.get(site.orbit) ?? [], depthName(site, first)))
    .sort((a, b) => a.depthAngstrom - b.depthAngstrom || a.orbit - b.orbit)
}

/**
 * The one site that a selector means: the shallowest of its kind unless it asks for another depth.
 *
 * `subsurface` is the second depth, `centre` the deepest.
 *
 * @throws NoSubstitutionSiteError listing what there is
 */
export function selectSubstitutionSite(slab: Slab, selector: SiteSelector): SubstitutionSite {
  const all = distinctSubstitutionSites(slab, selector.element)
  const face = selector.face ?? 'top'
  const matching = all.filter(
    (site) =>
      (selector.layer === undefined || site.layer === selector.layer) &&
      (selector.wyckoff === undefined || site.wyckoff === selector.wyckoff) &&
      (site.face === face || site.face === 'centre' || slab.termination.symmetricFaces),
  )
  const levels = levelsOf(matching.map((site) => site.depthAngstrom))
  const wanted = selector.depth === 'subsurface' ? 1 : selector.depth === 'centre' ? levels.length - 1 : 0
  const found = matching.find((site) => levelOf(site.depthAngstrom, levels) === wanted)
  if (found === undefined) throw new NoSubstitutionSiteError(wordsOf(selector), all.map(sentenceOf))
  return found
}

function describe(site: SlabSite, members: readonly SlabSite[], depth: SiteDepth): SubstitutionSite {
  const { label, element, wyckoff, layer, depthAngstrom, face, coordination, orbit } = site
  const labels = members.map((member) => member.label)
  const known = {
    label,
    element,
    wyckoff,
    depthAngstrom,
    depth,
    face,
    coordination,
    orbit,
    labels,
    multiplicity: labels.length,
  }
  return layer === undefined ? known : { ...known, layer }
}

function depthName(site: SlabSite, all: readonly SlabSite[]): SiteDepth {
  const alike = all.filter(
    (other) =>
      other.layer === site.layer &&
      (other.face === site.face || other.face === 'centre' || site.face === 'centre'),
  )
  const levels = levelsOf(alike.map((other) => other.depthAngstrom))
  const level = levelOf(site.depthAngstrom, levels)
  if (level === 0) return 'surface'
  if (level === 1) return 'subsurface'
  return level === levels.length - 1 ? 'centre' : 'inner'
}

function levelsOf(depths: readonly number[]): readonly number[] {
  const sorted = [...depths].sort((a, b) => a - b)
  return sorted.filter((depth, i) => i === 0 || depth - (sorted[i - 1] ?? 0) > depthToleranceAngstrom)
}

function levelOf(depth: number, levels: readonly number[]): number {
  return levels.findLastIndex((level) => level <= depth + 1e-9)
}

function wordsOf(selector: SiteSelector): string {
  const parts = [
    selector.element,
    selector.wyckoff,
    selector.layer && `in the ${selector.layer}`,
    selector.depth && `at the ${selector.depth}`,
  ]
  return parts.filter((part) => part !== undefined).join(' ')
}

function sentenceOf(site: SubstitutionSite): string {
  return `${site.label} (${site.wyckoff}${site.layer === undefined ? '' : `, ${site.layer}`}, ${site.depthAngstrom.toFixed(2)} Å deep)`
}
