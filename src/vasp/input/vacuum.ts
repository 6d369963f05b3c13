import { heightsAngstrom, wrapCoordinate } from '../../structure/lattice.ts'
import type { Structure } from '../../structure/structure.ts'

/** Wider gaps than this are taken for vacuum; the widest gap between layers of a crystal at hand is 3.6 Å. */
export const leastVacuumAngstrom = 6

/** Axes, 0 for a to 2 for c, along which the cell has a gap without atoms: one for a slab, three for a molecule in a box. */
export function vacuumAxes(structure: Structure): readonly number[] {
  const heights = heightsAngstrom(structure.lattice)
  return [0, 1, 2].filter((axis) => widestGap(structure, axis) * (heights[axis] ?? 0) > leastVacuumAngstrom)
}

function widestGap(structure: Structure, axis: number): number {
  const sorted = structure.sites
    .map((site) => wrapCoordinate(site.fractional[axis] ?? 0))
    .sort((a, b) => a - b)
  const first = sorted[0]
  if (first === undefined) return 0
  const gaps = sorted.map((x, index) => (sorted[index + 1] ?? first + 1) - x)
  return Math.max(...gaps)
}
