import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { baderMethods } from '../../src/bader/basin-integrals.ts'
import { EmptyDensityError, GridMismatchError } from '../../src/bader/errors.ts'
import { partition, usualVacuumDensity } from '../../src/bader/partition.ts'
import { integralElectrons, type DensityGrid } from '../../src/structure/density-grid.ts'
import { volumeAngstrom3, type Lattice } from '../../src/structure/lattice.ts'
import { cubic, promolecule, type Atom } from './promolecule.ts'

const sheared: Lattice = [
  [6, 0, 0],
  [2.1, 5.5, 0],
  [-1.4, 1.2, 5.8],
]
const saltAtoms: readonly Atom[] = [
  { element: 'Li', fractional: [0, 0, 0], electrons: 2, decay: 6 },
  { element: 'O', fractional: [0.5, 0.5, 0.5], electrons: 8, decay: 4 },
]

describe.each(baderMethods)('the %s partition', (method) => {
  it('gives each of two equal atoms half of the electrons and half of the volume', () => {
    const atoms = [0.25, 0.75].map((x): Atom => ({
      element: 'O',
      fractional: [x, 0.5, 0.5],
      electrons: 6,
      decay: 4,
    }))
    const grid = promolecule(cubic(5), [20, 20, 20], atoms)

    const result = partition({ reference: grid, charge: grid, method })

    // Points on the mirror plane go to one side in the on-grid and near-grid methods: two planes of 400 points out of 8 000.
    const tolerance = method === 'weight' ? 1e-6 : 0.15
    for (const atom of result.atoms) {
      expect(Math.abs(atom.electrons - 6)).toBeLessThan(tolerance)
      expect(Math.abs(atom.volumeAngstrom3 - 62.5)).toBeLessThan(method === 'weight' ? 1e-6 : 6.3)
    }
  })

  it('loses no electron and no volume in a sheared cell', () => {
    const grid = promolecule(sheared, [24, 22, 26], saltAtoms)

    const result = partition({ reference: grid, charge: grid, method, vacuumDensity: usualVacuumDensity })

    const electrons = result.atoms.reduce((sum, atom) => sum + atom.electrons, result.vacuumElectrons)
    const volume = result.atoms.reduce(
      (sum, atom) => sum + atom.volumeAngstrom3,
      result.vacuumVolumeAngstrom3,
    )
    expect(electrons).toBeCloseTo(10, 9)
    expect(result.electronCount).toBeCloseTo(integralElectrons(grid), 9)
    expect(volume).toBeCloseTo(volumeAngstrom3(sheared), 9)
  })

  it('gives the same charges when all atoms move by whole grid steps', () => {
    const shape = [20, 18, 22] as const
    const moved = saltAtoms.map((atom): Atom => {
      const [x, y, z] = atom.fractional
      return { ...atom, fractional: [x + 7 / 20, y + 5 / 18, z - 3 / 22] }
    })
    const [here, there] = [saltAtoms, moved].map((atoms) => promolecule(sheared, shape, atoms))

    const charges = [here, there].map((grid) => electronsOf(grid!, method))

    // 0.02 e: a path ends or a tie falls differently where the cell is cut differently; weight has neither.
    expect(Math.abs(charges[0]![0]! - charges[1]![0]!)).toBeLessThan(method === 'weight' ? 1e-8 : 0.02)
  })

  it('integrates the charge in the basins of the reference, not in its own', () => {
    const reference = promolecule(cubic(5), [20, 20, 20], saltAtoms)
    const flat = { ...reference, values: new Float64Array(8000).fill(10) }

    const result = partition({ reference, charge: flat, method })

    for (const atom of result.atoms) expect(atom.electrons).toBeCloseTo((10 * atom.volumeAngstrom3) / 125, 9)
  })

  it('integrates the spin density over the same basins', () => {
    const charge = promolecule(cubic(5), [20, 20, 20], saltAtoms)
    const spin = promolecule(cubic(5), [20, 20, 20], [{ ...saltAtoms[0]!, electrons: 3 }])

    const result = partition({ reference: charge, charge, spin, method })

    const total = result.atoms.reduce((sum, atom) => sum + (atom.momentMuB ?? 0), 0)
    expect(total).toBeCloseTo(3, 9)
    expect(result.atoms[0]!.momentMuB).toBeGreaterThan(2.5)
  })

  it('finds no false maxima in the empty half of a slab once the vacuum density is set', () => {
    const slab = promolecule([[4, 0, 0], [0, 4, 0], [0, 0, 16]], [16, 16, 64], [
      { element: 'O', fractional: [0.5, 0.5, 0.25], electrons: 6, decay: 5 },
    ]) // prettier-ignore

    const result = partition({ reference: slab, charge: slab, method, vacuumDensity: usualVacuumDensity })

    expect(result.maximaCount).toBe(1)
    expect(result.vacuumVolumeAngstrom3).toBeGreaterThan(100)
    expect(result.vacuumElectrons).toBeLessThan(0.05)
  })

  it('leaves the grids that it was given as they were', () => {
    const grid = promolecule(cubic(4), [12, 12, 12], saltAtoms)
    const before = grid.values.slice()

    partition({ reference: grid, charge: grid, method })

    expect(grid.values).toEqual(before)
  })
})

describe('partition', () => {
  it('puts the border between two exponential atoms where their densities say, within a grid step', () => {
    const atoms = [0.3, 0.7].map((z): Atom => ({
      element: 'O',
      fractional: [0.5, 0.5, z],
      electrons: 6,
      decay: 4,
    }))
    const grid = promolecule(cubic(6), [30, 30, 30], atoms)

    const result = partition({ reference: grid, charge: grid })

    // 2.4 Å apart: the border lies half-way, and the surface distance is measured to grid points 0.2 Å apart.
    for (const atom of result.atoms) expect(Math.abs(atom.minDistanceAngstrom - 1.2)).toBeLessThan(0.21)
  })

  it('treats the three axes alike', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.2, max: 0.45, noNaN: true }), (x) => {
        const [along, across] = [[x, 0, 0], [0, 0, x]].map((fractional) =>
          electronsOf(
            promolecule(cubic(5), [15, 15, 15], [saltAtoms[0]!, { ...saltAtoms[1]!, fractional: fractional as [number, number, number] }]),
            'near-grid',
          ),
        ) // prettier-ignore
        expect(Math.abs(along![0]! - across![0]!)).toBeLessThan(0.15)
      }),
      { numRuns: 10 },
    )
  })

  it('refuses a charge on another grid than the reference', () => {
    const [coarse, fine] = [10, 12].map((n) => promolecule(cubic(4), [n, n, n], saltAtoms))

    expect(() => partition({ reference: coarse!, charge: fine! })).toThrow(GridMismatchError)
    expect(() => partition({ reference: coarse!, charge: fine! })).toThrow(/10×10×10.*12×12×12/)
  })

  it('refuses a density that is vacuum everywhere, and a file without atoms', () => {
    const grid = promolecule(cubic(4), [8, 8, 8], saltAtoms)
    const bare = { ...grid, structure: { ...grid.structure, sites: [] } }

    expect(() => partition({ reference: grid, charge: grid, vacuumDensity: 1e6 })).toThrow(EmptyDensityError)
    expect(() => partition({ reference: bare, charge: bare })).toThrow(EmptyDensityError)
  })
})

function electronsOf(grid: DensityGrid, method: (typeof baderMethods)[number]): number[] {
  return partition({ reference: grid, charge: grid, method }).atoms.map((atom) => atom.electrons)
}
