import { describe, expect, it } from 'vitest'
import { integralElectrons } from '../../src/structure/density-grid.ts'
import { gridShape } from '../../src/rehearsal/density/grid-shape.ts'
import { promolecule } from '../../src/rehearsal/density/promolecule.ts'
import { haveStructures, rattled, referenceStructure, rockSalt } from './fixtures.ts'

const shells = rockSalt().sites.map(({ element }) =>
  element === 'O'
    ? [{ electrons: 6.2, falloffPerAngstrom: 4.8 }]
    : [{ electrons: 1.8, falloffPerAngstrom: 6 }],
)

describe('the promolecule density', () => {
  it('holds exactly the electrons that were put in, on a fine grid and on a coarse one', () => {
    for (const spacing of [0.1, 0.15, 0.3]) {
      const cell = rattled(rockSalt(), 'density', 0.1)
      const grid = promolecule(cell, gridShape(cell.lattice, spacing), shells)

      expect(integralElectrons(grid)).toBeCloseTo(32, 10)
    }
  })

  it('is the exponential that it was made of, summed over periodic images', () => {
    const cell = { ...rockSalt(), sites: rockSalt().sites.slice(0, 1) }
    const grid = promolecule(cell, [60, 60, 60], [[{ electrons: 1, falloffPerAngstrom: 3 }]])
    const volume = 4.21 ** 3

    // Half-way to the next image along a: two images at 2.105 Å, the others farther than 4.7 Å.
    const single = (27 / (8 * Math.PI)) * Math.exp(-3 * 2.105)
    expect(grid.values[30]! / volume / (2 * single)).toBeCloseTo(1, 2)
  })

  it('is highest on an atom and moves with it', () => {
    const cell = rockSalt()
    const moved = {
      ...cell,
      sites: cell.sites.map((site) => ({
        ...site,
        fractional: [site.fractional[0] + 0.5, site.fractional[1], site.fractional[2]] as const,
      })),
    }
    const [here, there] = [cell, moved].map(
      (structure) => promolecule(structure, [40, 40, 40], shells).values,
    )

    expect(there![20]).toBeCloseTo(here![0]!, 8)
  })
})

describe('the grid', () => {
  it.skipIf(!haveStructures())('of the 144-atom slab at 0.15 Å is 68 × 66 × 178', () => {
    const shape = gridShape(referenceStructure('n3_2x2').lattice, 0.15)

    expect([...shape].sort((a, b) => a - b)).toEqual([66, 68, 178])
  })

  it('has even numbers of points, no farther apart than asked', () => {
    for (const spacing of [0.07, 0.15, 0.31]) {
      for (const points of gridShape(rockSalt().lattice, spacing)) {
        expect(points % 2).toBe(0)
        expect(4.21 / points).toBeLessThanOrEqual(spacing + 1e-9)
      }
    }
  })
})
