import { beforeAll, describe, expect, it } from 'vitest'
import { loadSymmetryEngine } from '../../../src/adapters/symmetry/moyo-from-package.ts'
import { heightsAngstrom, volumeAngstrom3 } from '../../../src/structure/lattice.ts'
import { neighboursOf, shortestDistanceAngstrom } from '../../../src/structure/neighbours.ts'
import { formula, type Structure } from '../../../src/structure/structure.ts'
import { analyseSymmetry } from '../../../src/structure/symmetry.ts'
import { ReferenceStructureMissingError, shippedPhase, shippedPhaseNames } from '../../../src/workflow/references/reference-phase.ts'

beforeAll(() => loadSymmetryEngine())

/** Bonds of the first ion of an element to oxygen, Å. */
const bonds = (structure: Structure, element: string, count: number): readonly number[] => {
  const first = structure.sites.findIndex((site) => site.element === element)
  const oxygens = neighboursOf(structure, first, 3.2).filter(({ index }) => structure.sites[index]?.element === 'O')
  return oxygens.slice(0, count).map(({ distanceAngstrom }) => Number(distanceAngstrom.toFixed(2)))
}

/** Bond lengths as textbooks and the papers themselves give them; densities in g/cm³ of the minerals. */
const crystals = [
  { name: 'Li2O', group: 225, cell: 'Li8O4', cation: 'Li', lengths: [2.0, 2.0, 2.0, 2.0] },
  { name: 'MnO2', group: 136, cell: 'Mn2O4', cation: 'Mn', lengths: [1.88, 1.88, 1.88, 1.88, 1.9, 1.9] },
  { name: 'MnO', group: 225, cell: 'Mn4O4', cation: 'Mn', lengths: [2.22, 2.22, 2.22, 2.22, 2.22, 2.22] },
  { name: 'Al2O3', group: 167, cell: 'Al12O18', cation: 'Al', lengths: [1.85, 1.85, 1.85, 1.97, 1.97, 1.97] },
  { name: 'LiAlO2', group: 92, cell: 'Li4Al4O8', cation: 'Al', lengths: [1.76, 1.76, 1.77, 1.77] },
  { name: 'SiO2', group: 154, cell: 'Si3O6', cation: 'Si', lengths: [1.6, 1.6, 1.61, 1.61] },
  { name: 'Li2SiO3', group: 36, cell: 'Li8Si4O12', cation: 'Si', lengths: [1.59, 1.59, 1.67, 1.68] },
  { name: 'Li3PO4', group: 31, cell: 'Li6P2O8', cation: 'P', lengths: [1.52, 1.55, 1.55, 1.55] },
]

describe('the phases that come without a file', () => {
  it.each(crystals)('$name has its space group, cell and polyhedron', ({ name, group, cell, cation, lengths }) => {
    const { structure } = shippedPhase(name)

    expect(formula(structure)).toBe(cell)
    expect(analyseSymmetry(structure).spaceGroupNumber).toBe(group)
    const found = bonds(structure, cation, lengths.length)
    found.forEach((length, n) => expect(Math.abs(length - lengths[n]!)).toBeLessThanOrEqual(0.0101))
  })

  it('have the densities of quartz 2.65 and corundum 3.99 g/cm³', () => {
    const density = (name: string, massU: number) => (massU * 1.66054) / volumeAngstrom3(shippedPhase(name).structure.lattice)

    expect(density('SiO2', 3 * 60.084)).toBeCloseTo(2.65, 2)
    expect(density('Al2O3', 6 * 101.961)).toBeCloseTo(3.99, 2)
  })

  it('hold O2 as a triplet in a box whose edges differ, longer than the 15 Å at which one k-point is enough', () => {
    const { structure, kind } = shippedPhase('O2')
    const edges = heightsAngstrom(structure.lattice)

    expect(kind).toBe('molecule')
    expect(shortestDistanceAngstrom(structure)).toBeCloseTo(1.2075, 4)
    expect(structure.sites.reduce((sum, site) => sum + (site.magneticMomentMuB ?? 0), 0)).toBe(2)
    expect(Math.min(...edges)).toBeGreaterThan(15)
    expect(new Set(edges).size).toBe(3)
  })

  it('put lithium into its body-centred cell, 3.04 Å apart', () => {
    const { structure, kind } = shippedPhase('Li')

    expect(kind).toBe('metal')
    expect(neighboursOf(structure, 0, 3.2)).toHaveLength(8)
    expect(shortestDistanceAngstrom(structure)).toBeCloseTo(3.04, 2)
  })

  it('are listed when another one is asked for, which needs a file', () => {
    expect(() => shippedPhase('B2O3')).toThrow(ReferenceStructureMissingError)
    expect(new ReferenceStructureMissingError('B2O3').remedy).toContain('file: b2o3.cif')
    expect(new ReferenceStructureMissingError('Li2SO4').remedy).toContain(shippedPhaseNames.join(', '))
    expect(new ReferenceStructureMissingError('bulc').remedy).toMatch(/Did you mean bulk/)
    expect(new ReferenceStructureMissingError('MnO3').remedy).toMatch(/Did you mean MnO/)
  })
})
