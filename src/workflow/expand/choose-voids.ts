import type { InterstitialVoid, VoidKind } from '../../structure/dopant/voids.ts'
import { neighboursOfPoint } from '../../structure/neighbours.ts'
import type { Vector3 } from '../../base/vector.ts'
import { scale } from '../../base/vector.ts'
import type { Screen, SiteRule } from '../screen/screen-schema.ts'
import type { BuiltHost } from './built-host.ts'
import { atDepth, depthSuffix } from './choose-sites.ts'
import { depthOf } from './distances.ts'
import { NoSuchVoidError } from './expand-errors.ts'
import { siteOrDefaultStates } from './oxidation-states.ts'
import { hostVoidClass } from './void-class.ts'

/** A void that a rule asks for, one of its symmetry class. */
export interface ChosenVoid {
  readonly series: string
  readonly suffix: string
  readonly place: string
  readonly kind: keyof typeof kinds
  readonly fractional: Vector3
  /** Label of an ion of the same face nearby, by which the void is found again on the other face. */
  readonly anchor: string
  readonly depthAngstrom: number | null
  /** In the host crystal, 1 for the roomiest; undefined at a surface where the crystal has no such void. */
  readonly voidClass: number | undefined
  /** `Li 1.72`: the nearest cation and its distance in Å; empty without one. */
  readonly nearestCation: string
}

const kinds = {
  tetrahedral: 'tetrahedral',
  octahedral: 'octahedral',
  trigonal: 'face',
} as const satisfies Record<string, VoidKind>
const shortNames = { tetrahedral: 'tet', octahedral: 'oct', trigonal: 'tri' } as const

/** A cation this near shares a face with the void. */
const faceSharingAngstrom = 2.0

/**
 * The symmetry-distinct voids that a rule asks for, shallowest first in a slab, roomiest first in a bulk crystal.
 *
 * @throws NoSuchVoidError
 */
export function chooseVoids(screen: Screen, host: BuiltHost, rule: SiteRule): readonly ChosenVoid[] {
  const asked = rule.interstitial
  if (asked === undefined) return []
  const all = distinctVoids(screen, host, asked.void)
  const fitting = all.filter(
    ({ found, voidClass }) =>
      (asked.class === undefined || voidClass === asked.class) &&
      !found.cations.some(
        (near) => near.element === asked.without && near.distanceAngstrom <= faceSharingAngstrom,
      ),
  )
  const isBulk = host.slab === undefined
  const chosen = isBulk ? fitting : atDepth(fitting, rule.depth)
  if (chosen.length === 0) throw new NoSuchVoidError(asked.void, all.map(wordsOf))
  const isNamed = !isBulk && typeof rule.depth === 'string' && rule.depth !== 'any'
  return chosen.map((each, i) => ({
    series: rule.name ?? shortNames[asked.void],
    suffix: isNamed ? depthSuffix(rule.depth) : chosen.length === 1 ? '' : variantName(each, i),
    place: isBulk ? 'bulk' : isNamed ? String(rule.depth) : `${each.depthAngstrom?.toFixed(2)} Å deep`,
    kind: asked.void,
    fractional: each.found.fractional,
    anchor: each.anchor,
    depthAngstrom: each.depthAngstrom,
    voidClass: each.voidClass,
    nearestCation: cationWords(each.found).split(',')[0] ?? '',
  }))
}

interface DistinctVoid {
  readonly found: InterstitialVoid
  readonly anchor: string
  readonly depthAngstrom: number | null
  readonly voidClass: number | undefined
}

function distinctVoids(screen: Screen, host: BuiltHost, kind: keyof typeof kinds): readonly DistinctVoid[] {
  const states = siteOrDefaultStates(screen)
  const voids = host.voids(kinds[kind])
  const classOf =
    host.slab === undefined ? undefined : hostVoidClass(host.slab, host.crystal, kinds[kind], states)
  const seen = new Set<number>()
  const distinct = voids.flatMap((found): readonly DistinctVoid[] => {
    const place = placeOf(host, found)
    if (seen.has(found.voidClass) || place === undefined) return []
    seen.add(found.voidClass)
    const nearest = neighboursOfPoint(host.structure, found.fractional, 4)[0]
    if (nearest === undefined) return []
    const voidClass =
      classOf === undefined ? found.voidClass + 1 : classOf(nearest.index, scale(nearest.vectorAngstrom, -1))
    const anchor = place.anchor ?? host.ions[nearest.index]?.label ?? ''
    return [{ found, anchor, depthAngstrom: place.depthAngstrom, voidClass }]
  })
  return host.slab === undefined
    ? distinct
    : distinct.toSorted((a, b) => (a.depthAngstrom ?? 0) - (b.depthAngstrom ?? 0))
}

/** Depth and a neighbour on the same face; undefined for voids of the bottom face, whose twins are on top. */
function placeOf(host: BuiltHost, { fractional }: InterstitialVoid) {
  const { structure, ions } = host
  const { depthAngstrom, face } = depthOf(host, fractional)
  if (face === null) return { depthAngstrom, anchor: undefined }
  if (face === 'bottom') return undefined
  const near = neighboursOfPoint(structure, fractional, 4).find((other) => ions[other.index]?.face === face)
  return { depthAngstrom, anchor: near === undefined ? undefined : ions[near.index]?.label }
}

function variantName({ depthAngstrom, voidClass }: DistinctVoid, i: number): string {
  return depthAngstrom === null ? `-${voidClass}` : `-${depthAngstrom.toFixed(2)}A-${i + 1}`
}

function cationWords({ cations }: InterstitialVoid): string {
  const near = cations.filter(({ distanceAngstrom }) => distanceAngstrom <= faceSharingAngstrom)
  return near.map(({ element, distanceAngstrom }) => `${element} ${distanceAngstrom.toFixed(2)}`).join(', ')
}

function wordsOf({ found, depthAngstrom, voidClass }: DistinctVoid): string {
  const depth = depthAngstrom === null ? [] : [`${depthAngstrom.toFixed(2)} Å deep`]
  return [
    ...(voidClass === undefined ? [] : [`class ${voidClass}`]),
    ...depth,
    `near ${cationWords(found)} Å`,
  ].join(', ')
}
