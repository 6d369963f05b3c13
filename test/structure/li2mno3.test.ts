import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { loadSymmetryEngine } from '../../src/adapters/symmetry/moyo-from-package.ts'
import { readCif } from '../../src/structure/cif/read-cif.ts'
import { volumeAngstrom3 } from '../../src/structure/lattice.ts'
import { neighboursOf } from '../../src/structure/neighbours.ts'
import { formula } from '../../src/structure/structure.ts'
import { analyseSymmetry, orbitsOf, wyckoffName } from '../../src/structure/symmetry.ts'

const file = resolve(import.meta.dirname, '../../structures/li2mno3.cif')
const { structure, warnings } = readCif(readFileSync(join(file), 'utf8'))

beforeAll(() => {
  loadSymmetryEngine()
})

describe('the seed crystal Li2MnO3', () => {
  it('has 24 atoms in 199.77 Å³ and nothing to warn about', () => {
    expect(formula(structure)).toBe('Mn4Li8O12')
    expect(volumeAngstrom3(structure.lattice)).toBeCloseTo(199.77, 2)
    expect(warnings).toEqual([])
  })

  it('is C2/m with Mn on 4g, Li on 2b 2c 4h and O on 4i 8j', () => {
    const symmetry = analyseSymmetry(structure)
    const names = orbitsOf(symmetry).map(([i = -1]) => `${structure.sites[i]?.element} ${wyckoffName(symmetry, i)}`)

    expect([symmetry.internationalSymbol, symmetry.spaceGroupNumber]).toEqual(['C2/m', 12])
    expect(names).toEqual(['Mn 4g', 'Li 2b', 'Li 2c', 'Li 4h', 'O 4i', 'O 8j'])
  })

  it('has a regular MnO6 octahedron and 2 Mn + 4 Li around each oxygen', () => {
    const around = (i: number, element: string, radius: number) =>
      neighboursOf(structure, i, radius).filter((n) => structure.sites[n.index]?.element === element)

    const manganeseOxygen = around(0, 'O', 2.3).map((n) => Number(n.distanceAngstrom.toFixed(3)))
    expect(manganeseOxygen).toEqual([1.904, 1.904, 1.912, 1.912, 1.919, 1.919])
    structure.sites.forEach((site, i) => {
      if (site.element === 'O') expect([around(i, 'Mn', 2.3).length, around(i, 'Li', 2.4).length]).toEqual([2, 4])
    })
  })

  it('carries the formal charges, which cancel', () => {
    expect(structure.sites.reduce((sum, site) => sum + (site.oxidationState ?? NaN), 0)).toBe(0)
  })
})
