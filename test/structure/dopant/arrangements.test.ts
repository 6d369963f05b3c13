import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { loadSymmetryEngine } from '../../../src/adapters/symmetry/moyo-from-package.ts'
import { countArrangements, distinctArrangements } from '../../../src/structure/dopant/arrangements.ts'
import { buildSlab } from '../../../src/structure/slab/build-slab.ts'
import { sitePermutations } from '../../../src/structure/slab/site-orbits.ts'
import { symmetryOfSlab } from '../../../src/structure/slab/slab.ts'
import { makeSupercell } from '../../../src/structure/supercell.ts'
import { analyseSymmetry } from '../../../src/structure/symmetry.ts'
import { li2MnO3, mgo, states } from '../slab/hosts.ts'

beforeAll(() => loadSymmetryEngine())

/** Rotations of a ring of n beads, and its mirror images. */
const dihedral = (n: number) =>
  Array.from({ length: 2 * n }, (_, g) =>
    Array.from({ length: n }, (_unused, i) => ((((g < n ? i : -i) + g) % n) + n) % n),
  )
const ring = (n: number) => Array.from({ length: n }, (_, i) => i)

describe('distinct arrangements', () => {
  it('are the bracelets: 8 of 8 beads with 4 black, 3 of 6 with 2, 11 of 6 with 2 black and 2 white', () => {
    const count = (n: number, counts: readonly number[]) =>
      distinctArrangements({ sites: ring(n), counts, permutations: dihedral(n) }).length

    // Two black, two white, two empty: Burnside over the 12 turns and mirrors of 90 strings gives 11.
    expect([count(8, [4]), count(6, [2]), count(6, [2, 2])]).toEqual([8, 3, 11])
  })

  it('agree with Burnside and cover every arrangement once', () => {
    const choose = (n: number, k: number): number => (k === 0 ? 1 : (choose(n - 1, k - 1) * n) / k)
    fc.assert(
      fc.property(fc.integer({ min: 3, max: 9 }), fc.integer({ min: 1, max: 3 }), (n, k) => {
        const request = { sites: ring(n), counts: [k], permutations: dihedral(n) }
        const found = distinctArrangements(request)

        expect(found).toHaveLength(countArrangements(request))
        expect(found.reduce((sum, arrangement) => sum + arrangement.multiplicity, 0)).toBe(choose(n, k))
      }),
    )
  })

  it('pairs of Mg in 2×2×2 cells of MgO are the 5 distances of the 32-site fcc cell', () => {
    const cell = makeSupercell(mgo, [2, 2, 2])
    const permutations = sitePermutations(cell, analyseSymmetry(cell).operations)
    const sites = cell.sites.flatMap((site, i) => (site.element === 'Mg' ? [i] : []))

    const pairs = distinctArrangements({ sites, counts: [2], permutations })

    expect(pairs).toHaveLength(5)
    expect(pairs.reduce((sum, pair) => sum + pair.multiplicity, 0)).toBe((32 * 31) / 2)
  })

  it('of two kinds in the 144-atom slab come at more than a thousand a second', () => {
    const slab = buildSlab(li2MnO3, {
      millerIndex: [0, 1, 0],
      thickness: { repeats: 3 },
      cell: { repeats: [2, 2] },
      oxidationStates: states,
    })
    const sites = slab.sites.flatMap((site, i) => (site.element === 'O' ? [] : [i]))
    const request = {
      sites,
      counts: [1, 1],
      permutations: sitePermutations(slab.structure, symmetryOfSlab(slab)),
    }
    const start = performance.now()

    const found = distinctArrangements(request)
    const seconds = (performance.now() - start) / 1000

    expect(found).toHaveLength(countArrangements(request))
    expect(found.length / seconds).toBeGreaterThan(1000)
  })

  it('are refused before the work when there are too many', () => {
    expect(() => distinctArrangements({ sites: ring(60), counts: [10], permutations: [ring(60)] })).toThrow(
      /75394027566 symmetry-distinct/,
    )
  })
})
