import { distinctSubstitutionSites } from '../../structure/dopant/substitution-sites.ts'
import type { BuiltHost, HostIon } from './built-host.ts'

/** A symmetry-distinct position of a host for a dopant. */
export interface HostPosition extends HostIon {
  /** Words for where it is: `surface`, `subsurface`, `inner`, `centre`, or `bulk`. */
  readonly place: string
  /** The equivalent ions on the same face, the first being `label`. */
  readonly labels: readonly string[]
}

/** The distinct positions of an element: shallowest first in a slab, in the order of the host file in a bulk crystal. */
export function hostPositions(host: BuiltHost, element: string): readonly HostPosition[] {
  const places = slabPlaces(host, element)
  return [...(places?.keys() ?? bulkFirsts(host, element))].flatMap((label) => {
    const first = host.ions.find((ion) => ion.label === label)
    if (first === undefined) return []
    const equivalent = host.ions.filter(
      (ion) => ion.element === element && ion.orbit === first.orbit && ion.face === first.face,
    )
    return [{ ...first, place: places?.get(label) ?? 'bulk', labels: equivalent.map((ion) => ion.label) }]
  })
}

function slabPlaces({ slab }: BuiltHost, element: string): ReadonlyMap<string, string> | undefined {
  if (slab === undefined) return undefined
  return new Map(distinctSubstitutionSites(slab, element).map((site) => [site.label, site.depth]))
}

function bulkFirsts({ ions }: BuiltHost, element: string): readonly string[] {
  const own = ions.filter((ion) => ion.element === element)
  return own
    .filter((ion, i) => own.findIndex((other) => other.orbit === ion.orbit) === i)
    .map(({ label }) => label)
}
