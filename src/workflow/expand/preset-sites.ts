import type { DopantRules, Screen, SiteRule } from '../screen/screen-schema.ts'
import type { BuiltHost } from './built-host.ts'

/**
 * The two sub-series of the preset `paper`: every dopant on a surface Mn 4g site, and on a Li site of the Li layer.
 *
 * @source Sun et al., Adv. Mater. 2025, 37, 2414195: the paper does not say which site each dopant took in its
 * calculations; its Rietveld refinement puts boron into the Li layer.
 */
const paperSites: readonly SiteRule[] = [
  { name: 'Mn', replace: 'Mn', wyckoff: '4g', depth: 'surface', limit: 50 },
  { name: 'Li', replace: 'Li', layer: 'Li-layer', depth: 'surface', limit: 50 },
]

/** The rules that say where dopants go: the screen's own, else those of its preset. */
export function siteRules(
  { dopants, presets, host: { oxidationStates } }: Screen,
  host: BuiltHost,
): readonly SiteRule[] {
  if (dopants === undefined) return []
  if (dopants.sites !== undefined) return dopants.sites
  const { preset = '' } = dopants
  const own = presets[preset]
  if (own !== undefined) return own
  if (preset === 'paper') return paperSites
  return preset === 'screen' ? screenSites(host, oxidationStates) : []
}

/**
 * The preset `screen`: every cation of every cation layer at the surface and below it, and the tetrahedral void next to
 * the surface that shares no face with a cation of the highest charge, one singly charged neighbour being removed.
 */
function screenSites(host: BuiltHost, states: Readonly<Record<string, number>>): readonly SiteRule[] {
  const cations = Object.keys(states).filter((element) => (states[element] ?? 0) > 0)
  const depths = host.slab === undefined ? (['any'] as const) : (['surface', 'subsurface'] as const)
  const substitutions = cations.flatMap((replace) => {
    const layers = [...new Set(host.ions.filter((ion) => ion.element === replace).map(({ layer }) => layer))]
    return layers.flatMap((layer) =>
      depths.map((depth): SiteRule => ({
        name: layers.length === 1 || layer === undefined ? replace : `${replace}-${layer}`,
        replace,
        ...(layer === undefined ? {} : { layer }),
        depth,
        limit: 50,
      })),
    )
  })
  const [highest] = cations.toSorted((a, b) => (states[b] ?? 0) - (states[a] ?? 0))
  const single = cations.find((element) => states[element] === 1)
  const interstitial = {
    void: 'tetrahedral' as const,
    ...(highest === undefined || cations.length === 1 ? {} : { without: highest }),
    ...(single === undefined ? {} : { remove: { element: single, count: 1 } }),
  }
  return [...substitutions, { name: 'tet', interstitial, depth: 'surface', limit: 50 }]
}

/** An octahedral start is a saddle point for ions this small: they begin shifted toward an O3 face. */
const smallIons = ['B', 'P', 'S', 'Si']

export function offCentreShiftAngstrom(dopants: DopantRules, element: string): number {
  const shift = dopants.offCentreAngstrom ?? 0.4
  return (dopants.offCentre ?? smallIons).includes(element) ? shift : 0
}
