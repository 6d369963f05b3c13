import { describe, expect, it } from 'vitest'
import { dopedSpeciesOrder, inSpeciesOrder } from '../../src/structure/species-order.ts'
import { elementsOf, type Structure } from '../../src/structure/structure.ts'

const mixed: Structure = {
  comment: 'Li Mn O Li B O',
  lattice: [
    [5, 0, 0],
    [0, 5, 0],
    [0, 0, 5],
  ],
  sites: ['Li', 'Mn', 'O', 'Li', 'B', 'O'].map((element, i) => ({
    element,
    fractional: [i / 10, 0, 0] as const,
    label: `${element}@${i}`,
  })),
}

describe('species order', () => {
  it('makes one block per element and keeps the order within a block', () => {
    const { structure } = inSpeciesOrder(mixed, ['Li', 'Mn', 'B', 'O'])

    expect(structure.sites.map((site) => site.label)).toEqual(['Li@0', 'Li@3', 'Mn@1', 'B@4', 'O@2', 'O@5'])
  })

  it('maps both ways between POSCAR and built order', () => {
    const { structure, toBuilt, fromBuilt } = inSpeciesOrder(mixed)

    structure.sites.forEach((site, ion) => expect(mixed.sites[toBuilt[ion] ?? -1]).toBe(site))
    expect(toBuilt.map((built) => fromBuilt[built])).toEqual([0, 1, 2, 3, 4, 5])
  })

  it('puts elements that the order forgets behind the others', () => {
    expect(elementsOf(inSpeciesOrder(mixed, ['O']).structure)).toEqual(['O', 'Li', 'Mn', 'B'])
  })

  it('puts a dopant between the cations and the anions of the host, also S in an oxide', () => {
    const host = { ...mixed, sites: mixed.sites.filter((site) => site.element !== 'B') }

    expect(dopedSpeciesOrder(host, ['S', 'Mn'])).toEqual(['Li', 'Mn', 'S', 'O'])
  })
})
