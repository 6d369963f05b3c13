import type { Vector3 } from '../../base/vector.ts'
import { rowTimesMatrix } from '../../base/matrix.ts'
import { elementsOf, type Site } from '../structure.ts'
import type { HostCrystal } from './host-crystal.ts'
import type { OrientedRepeat, RepeatAtom } from './oriented-repeat.ts'
import { siteFinder } from './site-finder.ts'
import { repeatsPerIndex } from './surface-symmetry.ts'
import type { Termination } from './terminations.ts'

/** One atom of the 1×1 slab before it is put into a cell. */
export interface SlabAtom {
  readonly site: Site
  /** The site of the host cell at this place, not only one equivalent to it. */
  readonly hostSite: number
  /** (u, v, step) coordinates; the last is the height in repeats. */
  readonly place: Vector3
  /** Above the lower cut. */
  readonly heightAngstrom: number
  readonly coordination: number
}

/** The atoms between two cuts: elements in the order of the host, top first. */
export interface Stack {
  readonly atoms: readonly SlabAtom[]
  /** Heights of the two cuts in repeats. */
  readonly cuts: readonly [number, number]
  /** Free height around each cut, in Å. */
  readonly gapAngstrom: number
  readonly lowAngstrom: number
  readonly highAngstrom: number
}

/** Repeats stacked from the lower cut up to n repeats (and the excess of the termination) above it. */
export function stackRepeats(
  host: HostCrystal,
  repeat: OrientedRepeat,
  termination: Termination,
  repeats: number,
): Stack {
  const cuts = [termination.cut, termination.cut + repeats + termination.excess] as const
  const coordination = coordinationWithin(host, repeat, cuts)
  const hostSiteAt = siteFinder(host.structure)
  const atoms = repeat.atoms.flatMap((atom) => {
    const site = withState(host, atom.hostSite)
    if (site === undefined) return []
    return heightsBetween(atom.height, cuts).map((height): SlabAtom => {
      const place: Vector3 = [atom.inPlane[0], atom.inPlane[1], height]
      return {
        site,
        hostSite: hostSiteAt(site.element, rowTimesMatrix(place, repeat.basis)) ?? atom.hostSite,
        place,
        heightAngstrom: (height - cuts[0]) * repeat.repeatAngstrom,
        coordination: coordination(atom, height),
      }
    })
  })
  const heights = atoms.map((atom) => atom.heightAngstrom)
  return {
    atoms: inBuiltOrder(host, atoms),
    cuts,
    gapAngstrom: termination.gapAngstrom,
    lowAngstrom: heights.reduce((a, b) => Math.min(a, b), Infinity),
    highAngstrom: heights.reduce((a, b) => Math.max(a, b), -Infinity),
  }
}

// The formal charge may come from a table by element; the slab's atoms carry it.
function withState(host: HostCrystal, index: number): Site | undefined {
  const [site, oxidationState] = [host.structure.sites[index], host.oxidationStates[index]]
  return site === undefined || oxidationState === undefined ? site : { ...site, oxidationState }
}

function heightsBetween(height: number, [low, high]: readonly [number, number]): readonly number[] {
  const first = height + Math.ceil(low - height)
  const count = Math.max(0, Math.ceil(high - first))
  return Array.from({ length: count }, (_, i) => first + i)
}

// The bonds of the perfect crystal that stay inside the slab: exact, and as fast for a thousand layers as for three.
function coordinationWithin(
  host: HostCrystal,
  repeat: OrientedRepeat,
  [low, high]: readonly [number, number],
) {
  const [h, k, l] = repeat.millerIndex
  const perUnit = repeatsPerIndex(repeat)
  const rises = new Map(
    repeat.atoms.map((atom) => {
      const bonds = host.bonds[atom.hostSite] ?? []
      return [atom.hostSite, bonds.map(({ toPartner: t }) => (h * t[0] + k * t[1] + l * t[2]) * perUnit)]
    }),
  )
  return (atom: RepeatAtom, height: number): number =>
    (rises.get(atom.hostSite) ?? []).filter((rise) => height + rise > low && height + rise < high).length
}

function inBuiltOrder(host: HostCrystal, atoms: readonly SlabAtom[]): readonly SlabAtom[] {
  const order = new Map(elementsOf(host.structure).map((element, i) => [element, i]))
  const rank = (atom: SlabAtom) => order.get(atom.site.element) ?? 0
  return [...atoms].sort((a, b) => {
    const higher = b.heightAngstrom - a.heightAngstrom
    return rank(a) - rank(b) || (Math.abs(higher) > 1e-6 ? higher : a.hostSite - b.hostSite)
  })
}
