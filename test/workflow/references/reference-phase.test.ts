import { beforeAll, describe, expect, it } from 'vitest'
import { add, cross, dot, norm, type Vector3 } from '../../../src/base/vector.ts'
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
  // Planar BO3: 1.34 to 1.40 Å in the paper, each boron a little different there.
  { name: 'B2O3', group: 152, cell: 'B6O9', cation: 'B', lengths: [1.35, 1.36, 1.4] },
  // Mn2+ in a tetrahedron.
  { name: 'Mn3O4', group: 141, cell: 'Mn6O8', cation: 'Mn', lengths: [2.04, 2.04, 2.04, 2.04] },
  // Mn3+, stretched by Jahn and Teller.
  { name: 'LiMnO2', group: 59, cell: 'Mn2Li2O4', cation: 'Mn', lengths: [1.89, 1.89, 1.95, 1.95, 2.29, 2.29] },
  { name: 'Li2O2', group: 194, cell: 'Li4O4', cation: 'O', lengths: [1.55] },
]

/** Distances to the nearest neighbours of the first atom, and densities, as handbooks give them. */
const elements = [
  { name: 'Mn', group: 217, atoms: 29, massU: 54.938, density: 7.47, distances: Array.from({ length: 12 }, () => 2.75) },
  { name: 'Al', group: 225, atoms: 1, massU: 26.982, density: 2.7, distances: Array.from({ length: 12 }, () => 2.86) },
  { name: 'Si', group: 227, atoms: 2, massU: 28.086, density: 2.33, distances: [2.35, 2.35, 2.35, 2.35] },
  // Six neighbours, one of them in the next icosahedron.
  { name: 'B', group: 166, atoms: 12, massU: 10.811, density: 2.46, distances: [1.71, 1.73, 1.73, 1.78, 1.79, 1.79] },
  { name: 'P', group: 64, atoms: 4, massU: 30.974, density: 2.7, distances: [2.22, 2.22, 2.24] },
  { name: 'S', group: 70, atoms: 32, massU: 32.06, density: 2.07, distances: [2.04, 2.05] },
]

/** Atoms of the ring that the first atom is in, going from one neighbour to the next. */
function ringOf(structure: Structure, limitAngstrom: number): number {
  const place = (index: number, at: Vector3): string => `${index} ${at.map((x) => x.toFixed(1)).join(' ')}`
  let [index, at, from]: [number, Vector3, string] = [0, [0, 0, 0], '']
  for (let length = 1; length < 100; length += 1) {
    const next = neighboursOf(structure, index, limitAngstrom).find((one) => place(one.index, add(at, one.vectorAngstrom)) !== from)!
    from = place(index, at)
    ;[index, at] = [next.index, add(at, next.vectorAngstrom)]
    if (index === 0 && norm(at) < 0.1) return length
  }
  return Infinity
}

describe('the phases that come without a file', () => {
  it.each(crystals)('$name has its space group, cell and polyhedron', ({ name, group, cell, cation, lengths }) => {
    const { structure } = shippedPhase(name)

    expect(formula(structure)).toBe(cell)
    expect(analyseSymmetry(structure).spaceGroupNumber).toBe(group)
    const found = bonds(structure, cation, lengths.length)
    found.forEach((length, n) => expect(Math.abs(length - lengths[n]!)).toBeLessThanOrEqual(0.0101))
  })

  it.each(elements)('$name has its space group, density and neighbours in one lattice point', ({ name, group, atoms, massU, density, distances }) => {
    const { structure } = shippedPhase(name)
    const near = neighboursOf(structure, 0, 3).map(({ distanceAngstrom }) => distanceAngstrom)

    expect(structure.sites).toHaveLength(atoms)
    expect(analyseSymmetry(structure).spaceGroupNumber).toBe(group)
    expect((atoms * massU * 1.66054) / volumeAngstrom3(structure.lattice)).toBeCloseTo(density, 1)
    distances.forEach((distance, n) => expect(Math.abs(near[n]! - distance)).toBeLessThanOrEqual(0.0101))
  })

  it('bind every sulfur in a ring of eight, every phosphorus to three and every boron of B2O3 to three oxygens in a plane', () => {
    const [sulfur, phosphorus, oxide] = ['S', 'P', 'B2O3'].map((name) => shippedPhase(name).structure)
    const count = (structure: Structure, limit: number) => structure.sites.map((_, index) => neighboursOf(structure, index, limit).length)
    const boron = oxide!.sites.findIndex(({ element }) => element === 'B')
    const arms = neighboursOf(oxide!, boron, 1.6).map(({ vectorAngstrom }) => vectorAngstrom)

    expect(new Set(count(sulfur!, 2.5))).toEqual(new Set([2]))
    expect(ringOf(sulfur!, 2.5)).toBe(8)
    expect(new Set(count(phosphorus!, 2.5))).toEqual(new Set([3]))
    expect(arms).toHaveLength(3)
    // Three arms in a plane enclose no volume.
    expect(Math.abs(dot(arms[0]!, cross(arms[1]!, arms[2]!)))).toBeLessThan(0.15)
  })

  it('have the densities of quartz 2.65, corundum 3.99, B2O3-I 2.56 and hausmannite 4.84 g/cm³', () => {
    const density = (name: string, massU: number) => (massU * 1.66054) / volumeAngstrom3(shippedPhase(name).structure.lattice)

    expect(density('SiO2', 3 * 60.084)).toBeCloseTo(2.65, 2)
    expect(density('Al2O3', 6 * 101.961)).toBeCloseTo(3.99, 2)
    expect(density('B2O3', 3 * 69.62)).toBeCloseTo(2.56, 1)
    expect(density('Mn3O4', 2 * 228.81)).toBeCloseTo(4.84, 1)
    expect(density('LiMnO2', 2 * 93.88)).toBeCloseTo(4.2, 1)
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

  it('start manganese metal at a moment of the metal, not at that of an ion', () => {
    expect(shippedPhase('Mn').momentsMuB).toEqual({ Mn: 2 })
    expect(shippedPhase('MnO').momentsMuB).toBeUndefined()
  })

  it('put lithium into its body-centred cell, 3.04 Å apart', () => {
    const { structure, kind } = shippedPhase('Li')

    expect(kind).toBe('metal')
    expect(neighboursOf(structure, 0, 3.2)).toHaveLength(8)
    expect(shortestDistanceAngstrom(structure)).toBeCloseTo(3.04, 2)
  })

  it('are listed when another one is asked for, which needs a file', () => {
    expect(() => shippedPhase('Li3BO3')).toThrow(ReferenceStructureMissingError)
    expect(new ReferenceStructureMissingError('Li3BO3').remedy).toContain('file: li3bo3.cif')
    expect(new ReferenceStructureMissingError('Li2SO4').remedy).toContain(shippedPhaseNames.join(', '))
    expect(new ReferenceStructureMissingError('bulc').remedy).toMatch(/Did you mean bulk/)
    expect(new ReferenceStructureMissingError('MnO3').remedy).toMatch(/Did you mean MnO/)
  })
})
