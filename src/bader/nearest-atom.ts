import type { Vector3 } from '../base/vector.ts'
import { imageSearch, neighboursOfPoint } from '../structure/neighbours.ts'
import { toCartesian } from '../structure/lattice.ts'
import type { Structure } from '../structure/structure.ts'

export interface NearestAtom {
  readonly index: number
  readonly distanceAngstrom: number
}

/** The atom nearest to a point, over all periodic images; the first one when several are equally near. */
export function nearestAtom(structure: Structure): (fractional: Vector3) => NearestAtom | undefined {
  const diagonal = [-0.5, 0.5].map((c) => Math.hypot(...toCartesian(structure.lattice, [0.5, 0.5, c])))
  const everywhere = Math.max(...diagonal, ...structure.lattice.map((row) => Math.hypot(...row) / 2))
  const radii = [2, 2 * everywhere].map((radius) => ({
    radius,
    search: imageSearch(structure.lattice, radius),
  }))
  return (fractional) => {
    for (const { radius, search } of radii) {
      const nearest = neighboursOfPoint(structure, fractional, radius, search)[0]
      if (nearest !== undefined) return { index: nearest.index, distanceAngstrom: nearest.distanceAngstrom }
    }
    return undefined
  }
}
