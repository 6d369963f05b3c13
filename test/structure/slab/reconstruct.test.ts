import { beforeAll, describe, expect, it } from 'vitest'
import { loadSymmetryEngine } from '../../../src/adapters/symmetry/moyo-from-package.ts'
import { shortestDistanceAngstrom } from '../../../src/structure/neighbours.ts'
import { buildSlab } from '../../../src/structure/slab/build-slab.ts'
import { millerIndexOf } from '../../../src/structure/slab/miller-index.ts'
import { reconstructPolarSlab } from '../../../src/structure/slab/reconstruct.ts'
import type { Slab } from '../../../src/structure/slab/slab.ts'
import { formula } from '../../../src/structure/structure.ts'
import { li2MnO3, liCoO2, mgo, states } from './hosts.ts'

beforeAll(() => loadSymmetryEngine())

/** Σ q z of the written slab in e·Å. */
function dipoleEAngstrom({ structure }: Slab): number {
  return structure.sites.reduce(
    (sum, site) => sum + (site.oxidationState ?? NaN) * site.fractional[2] * structure.lattice[2][2],
    0,
  )
}

describe('a polar slab', () => {
  it('has the dipole of its termination per repeat and surface cell', () => {
    const slab = buildSlab(li2MnO3, {
      millerIndex: [0, 1, 0],
      termination: 'T2',
      thickness: { repeats: 2 },
      cell: { repeats: [2, 2] },
      oxidationStates: states,
    })

    expect(dipoleEAngstrom(slab) / 4).toBeCloseTo(-8.53, 2)
  })

  it.each([
    ['MgO (111)', mgo, [1, 1, 1], 'T1'],
    ['LiCoO2 (003)', liCoO2, [0, 0, 3], 'T1'],
    ['Li2MnO3 (010) T2', li2MnO3, [0, 1, 0], 'T2'],
  ] as const)(
    '%s loses it when half of an outer plane goes to the other face',
    (_, host, millerIndex, termination) => {
      const polar = buildSlab(host, {
        millerIndex,
        termination,
        thickness: { repeats: 4 },
        cell: { repeats: [2, 2] },
        oxidationStates: states,
      })

      const cured = reconstructPolarSlab(polar)

      expect(Math.abs(dipoleEAngstrom(polar))).toBeGreaterThan(5)
      expect(dipoleEAngstrom(cured)).toBeCloseTo(0, 6)
      expect(formula(cured.structure)).toBe(formula(polar.structure))
      expect(shortestDistanceAngstrom(cured.structure)).toBeCloseTo(
        shortestDistanceAngstrom(polar.structure),
        6,
      )
      expect(cured.structure.lattice[2][2] - cured.thicknessAngstrom).toBeCloseTo(15, 9)
    },
  )

  it('with an odd number of ions on top asks for a larger cell; a non-polar one needs no cure', () => {
    const odd = buildSlab(mgo, { millerIndex: [1, 1, 1], thickness: { repeats: 4 }, oxidationStates: states })
    const neutral = buildSlab(mgo, {
      millerIndex: [1, 0, 0],
      thickness: { repeats: 4 },
      oxidationStates: states,
    })

    expect(() => reconstructPolarSlab(odd)).toThrow(
      expect.objectContaining({
        code: 'RECONSTRUCTION',
        remedy: expect.stringContaining('[2, 1]') as string,
      }),
    )
    expect(() => reconstructPolarSlab(neutral)).toThrow(/no formal dipole/)
  })
})

describe('Miller–Bravais indices', () => {
  it('drop the third, which must be −h − k', () => {
    expect(millerIndexOf([1, 0, -1, 4])).toEqual([1, 0, 4])
    expect(millerIndexOf([0, 1, 0])).toEqual([0, 1, 0])
    expect(() => millerIndexOf([1, 0, 1, 4])).toThrow(expect.objectContaining({ code: 'MILLER_INDEX' }))
    expect(() => millerIndexOf([1, 0])).toThrow(/\(1 0\) is not a surface/)
  })
})
