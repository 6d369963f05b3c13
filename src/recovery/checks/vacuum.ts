import { heightsAngstrom, wrapCoordinate } from '../../structure/lattice.ts'
import type { Structure } from '../../structure/structure.ts'
import { leastVacuumAngstrom } from '../../vasp/input/vacuum.ts'
import type { Check } from './check.ts'

// Surface layers relax by some tenths of an Å; more is an atom that left.
const relaxationAngstrom = 2

export const vacuumCheck: Check = {
  name: 'vacuum',
  asks: 'Is the vacuum of a slab still empty?',
  finds: ({ planned, final }) => {
    if (!planned.isSlab) return undefined
    const [before, after] = [widestGapAngstrom(planned.structure), widestGapAngstrom(final)]
    if (before < leastVacuumAngstrom || after > before - relaxationAngstrom) return undefined
    return `the vacuum shrank from ${before.toFixed(1)} to ${after.toFixed(1)} Å: an atom is in it`
  },
}

/** The widest gap without atoms along c, in Å normal to the surface. */
export function widestGapAngstrom({ lattice, sites }: Structure): number {
  const sorted = sites.map(({ fractional }) => wrapCoordinate(fractional[2])).sort((a, b) => a - b)
  const first = sorted[0]
  if (first === undefined) return 0
  const gaps = sorted.map((z, i) => (sorted[i + 1] ?? first + 1) - z)
  return Math.max(...gaps) * heightsAngstrom(lattice)[2]
}
