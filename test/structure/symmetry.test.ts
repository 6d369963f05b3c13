import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { loadSymmetryEngine } from '../../src/adapters/symmetry/moyo-from-package.ts'
import { matrixTimesColumn } from '../../src/base/matrix.ts'
import { add } from '../../src/base/vector.ts'
import { toCartesian, wrapDifference } from '../../src/structure/lattice.ts'
import { readPoscar } from '../../src/structure/poscar.ts'
import type { Structure } from '../../src/structure/structure.ts'
import { analyseSymmetry, orbitsOf, SymmetryNotFoundError, wyckoffName, type Symmetry } from '../../src/structure/symmetry.ts'
import { processorMilliseconds } from './processor-time.ts'
import { sharedFolder } from './shared-files.ts'

const structures = sharedFolder('structures')

beforeAll(() => {
  loadSymmetryEngine()
})

describe('analyseSymmetry', () => {
  it('finds P6_3mc in wurtzite, with zinc and oxygen on 2b', () => {
    const symmetry = analyseSymmetry(wurtzite)

    expect([symmetry.spaceGroupNumber, symmetry.internationalSymbol]).toEqual([186, 'P6_3mc'])
    expect([0, 1, 2, 3].map((index) => wyckoffName(symmetry, index))).toEqual(['2b', '2b', '2b', '2b'])
    expect(symmetry.siteSymmetries[0]).toBe('3m.')
    expect(orbitsOf(symmetry)).toEqual([[0, 1], [2, 3]])
  })

  it('returns operations that map every atom of a hexagonal crystal onto an equal one', () => {
    const symmetry = analyseSymmetry(wurtzite)

    expect(symmetry.operations).toHaveLength(12)
    expect(worstMismatchAngstrom(wurtzite, symmetry)).toBeLessThan(1e-6)
  })

  it('refuses a cell without volume, without atoms or with a coordinate that is no number', () => {
    const flat = { ...wurtzite, lattice: [[3, 0, 0], [0, 3, 0], [3, 3, 0]] as const }
    const broken = { ...wurtzite, sites: [{ element: 'Zn', fractional: [0, NaN, 0] as const }] }

    expect(() => analyseSymmetry(flat)).toThrow(SymmetryNotFoundError)
    expect(() => analyseSymmetry({ ...wurtzite, sites: [] })).toThrow(SymmetryNotFoundError)
    expect(() => analyseSymmetry(broken)).toThrow(SymmetryNotFoundError)
  })

  it('tells kinds of atoms apart even when their symbols are no elements', () => {
    const named = wurtzite.sites.map((site, index) => ({ ...site, element: index === 0 ? 'X' : 'Y0' }))

    expect(analyseSymmetry({ ...wurtzite, sites: named }).equivalentTo.slice(0, 2)).toEqual([0, 1])
  })

  it.skipIf(structures === undefined)('finds 2b 2c 4g 4h 4i 8j in Li2MnO3', () => {
    const symmetry = analyseSymmetry(shared('Li2MnO3_C2m_conv.vasp'))

    expect([symmetry.spaceGroupNumber, symmetry.internationalSymbol]).toEqual([12, 'C2/m'])
    const names = orbitsOf(symmetry).map(([first = -1]) => wyckoffName(symmetry, first))
    expect([...names].sort()).toEqual(['2b', '2c', '4g', '4h', '4i', '8j'])
  })

  it.skipIf(structures === undefined)('finds 3 Mn, 7 Li and 5 O orbits in the 1x1 slab of three layers', () => {
    const slab = shared('Li2MnO3_010_T1_n3_1x1.vasp')
    const orbits = orbitsOf(analyseSymmetry(slab))

    const count = (element: string) => orbits.filter(([first = -1]) => slab.sites[first]?.element === element).length
    expect([count('Mn'), count('Li'), count('O')]).toEqual([3, 7, 5])
  })

  it.skipIf(structures === undefined)('holds for every slab up to 192 atoms within a second', () => {
    for (const name of readdirSync(structures ?? '').filter((file) => file.endsWith('.vasp'))) {
      const slab = shared(name)

      expect(processorMilliseconds(() => analyseSymmetry(slab))).toBeLessThan(1000)

      const symmetry = analyseSymmetry(slab)
      expect(worstMismatchAngstrom(slab, symmetry)).toBeLessThan(0.02)
    }
  })
})

const wurtzite: Structure = {
  comment: 'ZnO',
  lattice: [[3.25, 0, 0], [-1.625, (3.25 * Math.sqrt(3)) / 2, 0], [0, 0, 5.2]],
  sites: [
    { element: 'Zn', fractional: [1 / 3, 2 / 3, 0] },
    { element: 'Zn', fractional: [2 / 3, 1 / 3, 0.5] },
    { element: 'O', fractional: [1 / 3, 2 / 3, 0.38] },
    { element: 'O', fractional: [2 / 3, 1 / 3, 0.88] },
  ],
}

function shared(name: string): Structure {
  return readPoscar(readFileSync(join(structures ?? '', name), 'utf8')).structure
}

function worstMismatchAngstrom(structure: Structure, symmetry: Symmetry): number {
  let worst = 0
  for (const { rotation, translation } of symmetry.operations) {
    structure.sites.forEach((site, index) => {
      const image = add(matrixTimesColumn(rotation, site.fractional), translation)
      const orbit = symmetry.equivalentTo[index]
      const distances = structure.sites
        .filter((_, other) => symmetry.equivalentTo[other] === orbit)
        .map((other) => wrapDifference([0, 1, 2].map((k) => (other.fractional[k] ?? 0) - (image[k] ?? 0)) as never))
        .map((difference) => Math.hypot(...toCartesian(structure.lattice, difference)))
      worst = Math.max(worst, Math.min(...distances))
    })
  }
  return worst
}
