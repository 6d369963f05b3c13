import type { DopantRules, SiteRule } from '../screen/screen-schema.ts'

/**
 * The two sub-series of the preset `paper`: every dopant on a surface Mn 4g site, and on a Li site of the Li layer.
 *
 * @source Sun et al., Adv. Mater. 2025, 37, 2414195: the paper does not say which site each dopant took in its
 * calculations; its Rietveld refinement puts boron into the Li layer.
 */
const paperSites: readonly SiteRule[] = [
  { name: 'Mn', replace: 'Mn', wyckoff: '4g', depth: 'surface' },
  { name: 'Li', replace: 'Li', layer: 'Li-layer', depth: 'surface' },
]

/** The rules that say where dopants go: the screen's own, else those of its preset. */
export function siteRules(dopants: DopantRules): readonly SiteRule[] {
  if (dopants.sites !== undefined) return dopants.sites
  return dopants.preset === 'paper' ? paperSites : []
}

/** An octahedral start is a saddle point for ions this small: they begin shifted toward an O3 face. */
const smallIons = ['B', 'P', 'S', 'Si']

export function offCentreShiftAngstrom(dopants: DopantRules, element: string): number {
  const shift = dopants.offCentreAngstrom ?? 0.4
  return (dopants.offCentre ?? smallIons).includes(element) ? shift : 0
}
