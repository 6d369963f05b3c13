import { norm, type Vector3 } from '../../base/vector.ts'
import { toCartesian, wrapDifference, type Lattice } from '../../structure/lattice.ts'
import { depthBetween, type SlabSite } from '../../structure/slab/slab.ts'
import type { BuiltHost } from './built-host.ts'

/** Between nearest images of two fractional positions. */
export function imageDistanceAngstrom(lattice: Lattice, from: Vector3, to: Vector3): number {
  const [x, y, z] = wrapDifference([to[0] - from[0], to[1] - from[1], to[2] - from[2]])
  let shortest = Infinity
  for (const i of [-1, 0, 1])
    for (const j of [-1, 0, 1])
      for (const k of [-1, 0, 1])
        shortest = Math.min(shortest, norm(toCartesian(lattice, [x + i, y + j, z + k])))
  return shortest
}

/** To the nearest of several positions. */
export function distanceToAnyAngstrom(lattice: Lattice, from: readonly Vector3[], to: Vector3): number {
  return Math.min(...from.map((position) => imageDistanceAngstrom(lattice, position, to)))
}

/** Depth below the nearer face of a slab, and which one that is; nulls in a bulk crystal. */
export function depthOf(
  { slab, structure }: BuiltHost,
  fractional: Vector3,
): { readonly depthAngstrom: number | null; readonly face: SlabSite['face'] | null } {
  if (slab === undefined) return { depthAngstrom: null, face: null }
  const heights = structure.sites.map((site) => toCartesian(structure.lattice, site.fractional)[2])
  return depthBetween(
    toCartesian(structure.lattice, fractional)[2],
    Math.min(...heights),
    Math.max(...heights),
  )
}
