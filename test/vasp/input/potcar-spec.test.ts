import { describe, expect, it } from 'vitest'
import type { Structure } from '../../../src/structure/structure.ts'
import { defaultPawSymbol, pawDataset, pawDatasets } from '../../../src/vasp/input/paw-data.ts'
import {
  electronCount,
  potcarSpec,
  PotcarSpecError,
  PotcarUnknownError,
  readPotcarSpec,
  writePotcarSpec,
} from '../../../src/vasp/input/potcar-spec.ts'

/** Cell with the given numbers of atoms, block by block; positions do not matter here. */
function cell(...blocks: readonly (readonly [string, number])[]): Structure {
  const sites = blocks.flatMap(([element, count]) =>
    Array.from({ length: count }, () => ({ element, fractional: [0, 0, 0] as const })),
  )
  return {
    comment: '',
    lattice: [
      [10, 0, 0],
      [0, 10, 0],
      [0, 0, 25],
    ],
    sites,
  }
}

describe('the PAW datasets', () => {
  it('knows title, electrons and ENMAX of the screen of Li2MnO3', () => {
    expect(pawDataset('Li_sv')).toMatchObject({ titel: 'PAW_PBE Li_sv 10Sep2004', zval: 3, enmaxEv: 499.034 })
    expect(pawDataset('Mn_pv')).toMatchObject({
      titel: 'PAW_PBE Mn_pv 02Aug2007',
      zval: 13,
      enmaxEv: 269.864,
    })
    const electrons = ['O', 'B', 'P', 'S', 'Si', 'Al'].map((symbol) => pawDataset(symbol)?.zval)
    expect(electrons).toEqual([6, 3, 5, 6, 4, 3])
  })

  it('lists the older title of a symbol behind the current one', () => {
    expect(pawDatasets('Li_sv').map(({ titel }) => titel)).toEqual([
      'PAW_PBE Li_sv 10Sep2004',
      'PAW_PBE Li_sv 23Jan2001',
    ])
  })

  it('has a dataset with electrons for every default', () => {
    for (const element of ['Li', 'Mn', 'O', 'Zr', 'Nb', 'Ti', 'Co', 'Ni', 'Mg', 'W', 'Ta', 'Ru', 'F', 'Cl']) {
      expect(pawDataset(defaultPawSymbol(element) ?? '')?.zval, element).toBeGreaterThan(0)
    }
  })
})

describe('potcarSpec', () => {
  it('gives the 144-atom slab 888 electrons', () => {
    const slab = cell(['Li', 48], ['Mn', 24], ['O', 72])

    // 48 × 3 + 24 × 13 + 72 × 6
    expect(electronCount(slab, potcarSpec(slab))).toBe(888)
    expect(electronCount(slab, potcarSpec(slab, { Li: 'Li' }))).toBe(792)
  })

  it('has an entry for each block of POSCAR, so that a split species is counted once', () => {
    const slab = cell(['Li', 2], ['O', 3], ['Li', 1])

    expect(potcarSpec(slab).map(({ symbol }) => symbol)).toEqual(['Li_sv', 'O', 'Li_sv'])
    expect(electronCount(slab, potcarSpec(slab))).toBe(27)
  })

  it('reads back what it writes', () => {
    const spec = potcarSpec(cell(['Li', 1], ['Mn', 1], ['B', 1], ['O', 1]))

    expect(readPotcarSpec(writePotcarSpec(spec))).toEqual(spec)
  })

  it('refuses a dataset of another element, an unknown one, and a spec of another structure', () => {
    const slab = cell(['Mn', 1])

    expect(() => potcarSpec(slab, { Mn: 'Fe_pv' })).toThrow(PotcarUnknownError)
    expect(() => potcarSpec(slab, { Mn: 'Mn_xy' })).toThrow(PotcarUnknownError)
    expect(() => electronCount(slab, potcarSpec(cell(['O', 1])))).toThrow(PotcarSpecError)
    expect(() => readPotcarSpec('# header\nMn_pv PBE Fe 13')).toThrow(/line 2/)
  })
})
