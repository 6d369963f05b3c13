import type { Vector3 } from '../../base/vector.ts'
import { pointIndex, type PointIndex } from '../point-index.ts'
import type { Structure } from '../structure.ts'

/** Index of the site of an element at a fractional position, or undefined. */
export type FindSite = (element: string, fractional: Vector3) => number | undefined

/**
 * A look-up by element and position, periodic in all directions; the work for one look-up does not grow with the
 * structure.
 *
 * @param toleranceAngstrom  farther than this is another place
 */
export function siteFinder(structure: Structure, toleranceAngstrom = 0.1): FindSite {
  const byElement = new Map<string, PointIndex>()
  structure.sites.forEach((site, index) => {
    const points = byElement.get(site.element) ?? pointIndex(structure.lattice, toleranceAngstrom)
    byElement.set(site.element, points)
    points.add(site.fractional, index)
  })
  return (element, fractional) => byElement.get(element)?.find(fractional)
}
