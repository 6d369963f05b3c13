import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  oxygenPairClass,
  oxygenPairs,
  shortestOxygenDistanceAngstrom,
} from '../../src/analysis/oxygen-pairs.ts'
import type { Structure } from '../../src/structure/structure.ts'

const boxed = (distanceAngstrom: number, edge = 10): Structure => ({
  comment: 'O2 in a box',
  lattice: [[edge, 0, 0], [0, edge, 0], [0, 0, edge]],
  sites: [{ element: 'O', fractional: [0.95, 0, 0] }, { element: 'O', fractional: [0.95 + distanceAngstrom / edge, 0, 0] }],
}) // prettier-ignore

describe('oxygen pairs', () => {
  it.each([
    [1.21, 'O2-like'], [1.33, 'superoxo-like'], [1.48, 'peroxo-like'], [2.0, 'shortened'],
  ] as const)('of %f Å are %s', (distance, expected) => {
    expect(oxygenPairs(boxed(distance)).map((pair) => pair.class)).toEqual([expected])
  }) // prettier-ignore

  it('of the lattice, 2.54 Å and more, are none', () => {
    expect(oxygenPairs(boxed(2.54))).toEqual([])
    expect(shortestOxygenDistanceAngstrom(boxed(2.54))).toBeCloseTo(2.54, 10)
  })

  it('are found across the border of the cell, once', () => {
    const [pair, ...others] = oxygenPairs(boxed(1.3))

    expect(others).toEqual([])
    expect(pair!.distanceAngstrom).toBeCloseTo(1.3, 10)
  })

  it('carry the sum of both moments and charges', () => {
    const [pair] = oxygenPairs(boxed(1.21), { momentsMuB: [1, 1], netChargesE: [0.05, -0.05] })

    expect(pair).toMatchObject({ momentMuB: 2, netChargeE: 0 })
  })

  it('count an oxygen and its own image once for each direction', () => {
    const chain: Structure = { comment: '', lattice: [[1.5, 0, 0], [0, 8, 0], [0, 0, 8]], sites: [{ element: 'O', fractional: [0, 0, 0] }] } // prettier-ignore

    expect(oxygenPairs(chain)).toHaveLength(1)
  })

  it('get a class that never becomes looser when they come closer', () => {
    const order = ['O2-like', 'superoxo-like', 'peroxo-like', 'shortened', undefined]
    const distance = fc.double({ min: 0.5, max: 4, noNaN: true })
    fc.assert(
      fc.property(distance, distance, (a, b) => {
        const [near, far] = [Math.min(a, b), Math.max(a, b)].map((d) => order.indexOf(oxygenPairClass(d)))
        expect(near!).toBeLessThanOrEqual(far!)
      }),
    )
  })
})
