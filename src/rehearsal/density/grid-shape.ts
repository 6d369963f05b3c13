import { norm } from '../../base/vector.ts'
import type { Lattice } from '../../structure/lattice.ts'

export const usualSpacingAngstrom = 0.15

/** Points along a, b, c: the smallest even numbers that keep the spacing at or below the wanted one. */
export function gridShape(lattice: Lattice, spacingAngstrom: number): readonly [number, number, number] {
  const along = (axis: 0 | 1 | 2) =>
    Math.max(2, 2 * Math.ceil(norm(lattice[axis]) / spacingAngstrom / 2 - 1e-9))
  return [along(0), along(1), along(2)]
}
