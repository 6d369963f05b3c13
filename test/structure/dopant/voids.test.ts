import { beforeAll, describe, expect, it } from 'vitest'
import { loadSymmetryEngine } from '../../../src/adapters/symmetry/moyo-from-package.ts'
import { formalChargeBalance } from '../../../src/structure/charge-balance.ts'
import { addInterstitial } from '../../../src/structure/dopant/interstitial.ts'
import { interstitialVoids } from '../../../src/structure/dopant/voids.ts'
import { buildSlab } from '../../../src/structure/slab/build-slab.ts'
import { symmetryOfSlab } from '../../../src/structure/slab/slab.ts'
import { withSites } from '../../../src/structure/structure.ts'
import { analyseSymmetry } from '../../../src/structure/symmetry.ts'
import { li2MnO3, mgo, states } from '../slab/hosts.ts'

beforeAll(() => loadSymmetryEngine())

describe('voids', () => {
  it('of Li2MnO3: 24 tetrahedra per cell in classes of 4, 8, 8 and 4, one of them without Mn next to it', () => {
    const voids = interstitialVoids(li2MnO3, { operations: analyseSymmetry(li2MnO3).operations })
    const classes = [...new Map(voids.map((found) => [found.voidClass, found])).values()]
    const withoutMn = classes.filter((found) =>
      found.cations.slice(0, 4).every((cation) => cation.element !== 'Mn'),
    )
    const shortest = (found = withoutMn[0]) => [
      found?.anionDistancesAngstrom[0]?.toFixed(2),
      found?.anionDistancesAngstrom[3]?.toFixed(2),
    ]

    expect(voids).toHaveLength(24)
    expect(classes.map((found) => found.multiplicity).sort()).toEqual([4, 4, 8, 8])
    expect(withoutMn.map((found) => found.multiplicity)).toEqual([4])
    expect(shortest()).toEqual(['1.87', '1.95'])
    expect(withoutMn[0]?.cations.map((cation) => cation.distanceAngstrom.toFixed(2)).slice(0, 4)).toEqual([
      '1.72',
      '1.74',
      '1.75',
      '1.75',
    ])
  })

  it('of rocksalt: 8 tetrahedra per cell with Mg at √3/4 a, no empty octahedron until Mg is taken out', () => {
    const operations = analyseSymmetry(mgo).operations
    const tetrahedra = interstitialVoids(mgo, { operations })

    expect([tetrahedra.length, new Set(tetrahedra.map((found) => found.voidClass)).size]).toEqual([8, 1])
    expect(tetrahedra[0]?.cations[0]?.distanceAngstrom).toBeCloseTo((Math.sqrt(3) / 4) * 4.212, 6)
    expect(interstitialVoids(mgo, { kind: 'octahedral' })).toEqual([])
    expect(interstitialVoids(withSites(mgo, mgo.sites.slice(1)), { kind: 'octahedral' })).toHaveLength(1)
    expect(interstitialVoids(mgo, { kind: 'face', operations })).toHaveLength(32)
  })

  it('of the slab are found too, class by class of its own symmetry', () => {
    const slab = buildSlab(li2MnO3, {
      millerIndex: [0, 1, 0],
      thickness: { repeats: 3 },
      oxidationStates: states,
    })
    const voids = interstitialVoids(slab.structure, { operations: symmetryOfSlab(slab) })

    expect(voids.length).toBeGreaterThan(20)
    expect(voids.reduce((sum, found) => sum + 1 / found.multiplicity, 0)).toBeCloseTo(
      new Set(voids.map((found) => found.voidClass)).size,
      9,
    )
  })

  it('can be filled: B3+ adds three charges', () => {
    const place = interstitialVoids(li2MnO3)[0]?.fractional ?? [0, 0, 0]
    const { structure, label } = addInterstitial(li2MnO3, place, { element: 'B', oxidationState: 3 })

    expect([label, structure.sites.length, formalChargeBalance(structure, states)]).toEqual(['B-1', 25, 3])
  })
})
