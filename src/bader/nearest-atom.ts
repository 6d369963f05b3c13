import type { Vector3 } from '../base/vector.ts'
import type { Structure } from '../structure/structure.ts'
import { nearestImageSquared } from './nearest-image.ts'

export interface NearestAtom {
  readonly index: number
  readonly distanceAngstrom: number
}

/**
 * The atom nearest to a point, over all periodic images.
 *
 * Between atoms that are equally near by symmetry, as for a maximum in the middle of a Si–Si bond, the last digit decides, as
 * it does in the Fortran program. No rule would be right there: such a maximum belongs to the bond.
 */
export function nearestAtom(structure: Structure): (fractional: Vector3) => NearestAtom {
  const squared = nearestImageSquared(structure.lattice)
  const positions = Float64Array.from(structure.sites.flatMap((site) => [...site.fractional]))
  return ([a, b, c]) => {
    let [index, nearest] = [0, Infinity]
    for (let n = 0; 3 * n < positions.length; n++) {
      const distance = Math.sqrt(
        squared(positions[3 * n]! - a, positions[3 * n + 1]! - b, positions[3 * n + 2]! - c),
      )
      if (distance < nearest) [index, nearest] = [n, distance]
    }
    return { index, distanceAngstrom: nearest }
  }
}
