import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { wignerSeitzFacets } from '../../src/bader/wigner-seitz.ts'
import type { Matrix3 } from '../../src/base/matrix.ts'
import { volumeAngstrom3 } from '../../src/structure/lattice.ts'
import { cubic } from './promolecule.ts'

const volumeOf = (lattice: Matrix3): number =>
  wignerSeitzFacets(lattice).reduce(
    (sum, { areaAngstrom2, distanceAngstrom }) => sum + (areaAngstrom2 * distanceAngstrom) / 6,
    0,
  )

describe('the Wigner–Seitz cell', () => {
  it('of a cube has six unit squares', () => {
    const facets = wignerSeitzFacets(cubic(1))

    expect(facets).toHaveLength(6)
    for (const facet of facets) expect(facet.areaAngstrom2).toBeCloseTo(1, 12)
  })

  it('of the body-centred lattice is the truncated octahedron with 14 faces', () => {
    const facets = wignerSeitzFacets([[-0.5, 0.5, 0.5], [0.5, -0.5, 0.5], [0.5, 0.5, -0.5]]) // prettier-ignore

    expect(facets).toHaveLength(14)
    // Edge √2/4: squares of 1/8 and hexagons of 3√3/16.
    const areas = facets.map((facet) => facet.areaAngstrom2).sort((a, b) => a - b)
    expect(areas[0]).toBeCloseTo(0.125, 10)
    expect(areas[13]).toBeCloseTo((3 * Math.sqrt(3)) / 16, 10)
  })

  it('of the face-centred lattice is the rhombic dodecahedron with 12 faces', () => {
    expect(wignerSeitzFacets([[0, 0.5, 0.5], [0.5, 0, 0.5], [0.5, 0.5, 0]])).toHaveLength(12) // prettier-ignore
  })

  it('of the hexagonal lattice has 8 faces', () => {
    expect(wignerSeitzFacets([[1, 0, 0], [-0.5, Math.sqrt(3) / 2, 0], [0, 0, 1.6]])).toHaveLength(8) // prettier-ignore
  })

  it('fills the volume of the primitive cell', () => {
    const number = fc.double({ min: -0.4, max: 0.4, noNaN: true })
    fc.assert(
      fc.property(fc.tuple(number, number, number), ([u, v, w]) => {
        const lattice: Matrix3 = [[1, 0, 0], [u, 1.1, 0], [v, w, 0.9]] // prettier-ignore
        expect(volumeOf(lattice)).toBeCloseTo(volumeAngstrom3(lattice), 8)
      }),
      { numRuns: 20 },
    )
  })
})
