import type { Vector3 } from '../base/vector.ts'
import { heightsAngstrom, toCartesian, wrapDifference, type Lattice } from './lattice.ts'
import { neighboursByBoxes } from './neighbour-boxes.ts'
import type { Structure } from './structure.ts'

/** One neighbour of an atom. Several images of the same atom are separate neighbours. */
export interface Neighbour {
  readonly index: number
  /** Lattice translation that brings `index` beside the central atom. */
  readonly image: readonly [number, number, number]
  /** From the central atom to the neighbour, in Å. */
  readonly vectorAngstrom: Vector3
  readonly distanceAngstrom: number
}

/**
 * All neighbours of every atom within a radius, in all three periodic directions, nearest first.
 *
 * Fractional differences are folded to [-0.5, 0.5), then translations -m..m are searched along each axis with
 * m = ceil(radius/height - 0.5), at least 1; every image is kept, also images of the atom itself. From 300 atoms on
 * the same list is made with boxes, in time proportional to the atoms.
 *
 * @returns [ion][neighbour], in the order of `structure.sites`
 */
export function neighboursWithin(structure: Structure, radiusAngstrom: number): readonly (readonly Neighbour[])[] {
  if (structure.sites.length >= 300) return neighboursByBoxes(structure, radiusAngstrom)
  const search = imageSearch(structure.lattice, radiusAngstrom)
  return structure.sites.map((_, index) => neighboursOf(structure, index, radiusAngstrom, search))
}

/** The neighbours of one atom; see `neighboursWithin`. */
export function neighboursOf(
  structure: Structure,
  centre: number,
  radiusAngstrom: number,
  search: ImageSearch = imageSearch(structure.lattice, radiusAngstrom),
): readonly Neighbour[] {
  const central = structure.sites[centre]
  if (central === undefined) return []
  return neighboursOfPoint(structure, central.fractional, radiusAngstrom, search).filter(
    (neighbour) => !(neighbour.index === centre && neighbour.distanceAngstrom < 1e-8),
  )
}

/** Atoms around a point that need not be an atom, nearest first; an atom at the point is listed with distance 0. */
export function neighboursOfPoint(
  structure: Structure,
  fractional: Vector3,
  radiusAngstrom: number,
  search: ImageSearch = imageSearch(structure.lattice, radiusAngstrom),
): readonly Neighbour[] {
  const found: Neighbour[] = []
  const limit = radiusAngstrom * radiusAngstrom
  structure.sites.forEach((site, index) => {
    const raw: Vector3 = [
      site.fractional[0] - fractional[0],
      site.fractional[1] - fractional[1],
      site.fractional[2] - fractional[2],
    ]
    const folded = wrapDifference(raw)
    const base = toCartesian(structure.lattice, folded)
    for (const translation of search.translations) {
      const x = base[0] + translation.cartesian[0]
      const y = base[1] + translation.cartesian[1]
      const z = base[2] + translation.cartesian[2]
      const squared = x * x + y * y + z * z
      if (squared > limit) continue
      const image = imageOf(raw, folded, translation.image)
      found.push({ index, image, vectorAngstrom: [x, y, z], distanceAngstrom: Math.sqrt(squared) })
    }
  })
  return found.sort((a, b) => a.distanceAngstrom - b.distanceAngstrom || a.index - b.index)
}

/** Shortest distance in Å between any two atoms (images of one atom included), or Infinity for none below the radius. */
export function shortestDistanceAngstrom(structure: Structure, searchRadiusAngstrom = 4): number {
  const nearest = neighboursWithin(structure, searchRadiusAngstrom).map((list) => list[0]?.distanceAngstrom ?? Infinity)
  return nearest.reduce((a, b) => Math.min(a, b), Infinity)
}

/** Distance in Å from site i to site j by the nearest image. */
export function nearestImageDistanceAngstrom(structure: Structure, i: number, j: number): number {
  const [a, b] = [structure.sites[i], structure.sites[j]]
  if (a === undefined || b === undefined) return Infinity
  const positions = neighboursOfPoint({ ...structure, sites: [b] }, a.fractional, longestDiagonal(structure.lattice))
  return positions[0]?.distanceAngstrom ?? Infinity
}

interface Translation {
  readonly image: readonly [number, number, number]
  readonly cartesian: Vector3
}

export interface ImageSearch {
  readonly translations: readonly Translation[]
}

/** The lattice translations that a search of this radius has to visit. */
export function imageSearch(lattice: Lattice, radiusAngstrom: number): ImageSearch {
  const heights = heightsAngstrom(lattice)
  const reach = heights.map((height) => Math.max(1, Math.ceil(radiusAngstrom / height - 0.5)))
  const translations: Translation[] = []
  const [ma = 1, mb = 1, mc = 1] = reach
  for (let i = -ma; i <= ma; i++)
    for (let j = -mb; j <= mb; j++)
      for (let k = -mc; k <= mc; k++)
        translations.push({ image: [i, j, k], cartesian: toCartesian(lattice, [i, j, k]) })
  return { translations }
}

function imageOf(raw: Vector3, folded: Vector3, image: readonly [number, number, number]): [number, number, number] {
  return [
    Math.round(folded[0] - raw[0]) + image[0],
    Math.round(folded[1] - raw[1]) + image[1],
    Math.round(folded[2] - raw[2]) + image[2],
  ]
}

function longestDiagonal(lattice: Lattice): number {
  return lattice.reduce((sum, row) => sum + Math.hypot(...row), 0)
}

