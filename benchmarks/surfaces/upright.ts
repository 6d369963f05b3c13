import { cross, dot, normalize, scale } from '../../src/base/vector.ts'
import { toCartesian, toFractional, type Lattice } from '../../src/structure/lattice.ts'
import { primitiveCell } from '../../src/structure/cells.ts'
import type { Structure } from '../../src/structure/structure.ts'
import type { PymatgenSlab } from './pymatgen.ts'

/** The slab in a cell with c along the normal and so much vacuum, its surface cell primitive: fit to be compared. */
export function comparable(structure: Structure, vacuumAngstrom: number): Structure {
  const [a, b, c] = structure.lattice
  const normal = normalize(cross(a, b))
  const period = dot(c, normal)
  const { lowest, thickness } = occupied(structure.sites.map((site) => modulo(site.fractional[2])))
  const lattice: Lattice = [a, b, scale(normal, thickness * period + vacuumAngstrom)]
  const sites = structure.sites.map((site) => {
    const [x, y, z] = site.fractional
    const lifted = lowest + modulo(z - lowest + 1e-9) - 1e-9
    return {
      element: site.element,
      fractional: toFractional(lattice, toCartesian(structure.lattice, [x, y, lifted])),
    }
  })
  return primitiveCell({ comment: structure.comment, lattice, sites })
}

export function asStructure({ lattice, species, fractional }: PymatgenSlab): Structure {
  const sites = fractional.map((at, i) => ({ element: species[i] ?? '', fractional: at }))
  return { comment: 'pymatgen', lattice, sites }
}

// The vacuum is the widest gap; the slab begins above it.
function occupied(heights: readonly number[]): { readonly lowest: number; readonly thickness: number } {
  const sorted = heights.toSorted((p, q) => p - q)
  const gaps = sorted.map((height, i) => height - (sorted[i - 1] ?? (sorted.at(-1) ?? 0) - 1))
  const widest = gaps.indexOf(Math.max(...gaps))
  return { lowest: sorted[widest] ?? 0, thickness: 1 - (gaps[widest] ?? 0) }
}

function modulo(x: number): number {
  return x - Math.floor(x)
}
