import { distinctSubstitutionSites, type SubstitutionSite } from '../../../structure/dopant/substitution-sites.ts'
import type { Slab } from '../../../structure/slab/slab.ts'
import { elementsOf } from '../../../structure/structure.ts'
import { alignedText } from '../../aligned-text.ts'

/** Every symmetry-distinct site of a slab, element by element, shallowest first. */
export function slabSites(slab: Slab): readonly SubstitutionSite[] {
  return elementsOf(slab.structure).flatMap((element) => distinctSubstitutionSites(slab, element))
}

export function siteTable(slab: Slab): string {
  const rows = slabSites(slab).map((site) => [
    site.label,
    site.wyckoff,
    site.layer ?? '',
    site.depthAngstrom.toFixed(2),
    site.depth,
    slab.termination.symmetricFaces && site.face !== 'centre' ? 'both' : site.face,
    String(site.coordination),
    String(site.multiplicity),
    shortList(site.labels),
  ])
  return alignedText(['site', 'Wyckoff', 'layer', 'depth/Å', 'place', 'face', 'CN', 'atoms', 'labels'], rows)
}

function shortList(labels: readonly string[]): string {
  return labels.length > 4 ? `${labels.slice(0, 4).join(' ')} …` : labels.join(' ')
}
