import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { applyLayoutChange, chooseLayout, defaultBandCount, kPointCount } from '../../src/recovery/layout.ts'
import type { LayoutChange } from '../../src/recovery/correction.ts'

describe('the layout of ranks', () => {
  it('counts the k-points that time reversal leaves', () => {
    expect(kPointCount([3, 3, 1])).toBe(5)
    expect(kPointCount([2, 2, 1])).toBe(4)
    expect(kPointCount([4, 4, 4])).toBe(36)
    expect(kPointCount([3, 3, 1], -1)).toBe(9)
  })

  it('counts bands as VASP does for a slab of 888 electrons and 144 ions', () => {
    expect(defaultBandCount(888, 144)).toBe(533)
    expect(defaultBandCount(8, 2)).toBe(8)
  })

  it('gives one node of 64 cores and one k-point groups of eight cores a band', () => {
    const { KPAR, NCORE, explanation } = chooseLayout({ nodes: 1, ranksPerNode: 64, kPoints: 1, bands: 512 })

    expect([KPAR, NCORE]).toEqual([1, 8])
    expect(explanation).toEqual([
      'KPAR = 1: there is one k-point.',
      'NCORE = 8: 8 cores work together on a band, so 8 of 512 bands at a time.',
    ])
  })

  it('gives four k-points a node each on four nodes', () => {
    expect(chooseLayout({ nodes: 4, ranksPerNode: 32, kPoints: 4, bands: 300 }).KPAR).toBe(4)
  })

  it('does not let most ranks wait for one k-point: five points on 64 ranks are no four groups', () => {
    const { KPAR } = chooseLayout({ nodes: 1, ranksPerNode: 64, kPoints: 5, bands: 512 })

    expect(KPAR).toBe(2)
  })

  const sizes = fc.record({
    nodes: fc.integer({ min: 1, max: 8 }),
    ranksPerNode: fc.constantFrom(1, 2, 12, 16, 24, 36, 48, 64, 96, 128),
    kPoints: fc.integer({ min: 1, max: 40 }),
    bands: fc.integer({ min: 4, max: 2000 }),
  })

  it('always divides: KPAR the ranks, NCORE each group; no group without a k-point', () => {
    fc.assert(
      fc.property(sizes, (request) => {
        const { KPAR, NCORE } = chooseLayout(request)
        const ranks = request.nodes * request.ranksPerNode
        return ranks % KPAR === 0 && (ranks / KPAR) % NCORE === 0 && KPAR <= request.kPoints && NCORE >= 1
      }),
    )
  })

  it('still divides after any correction, and each gives way at last', () => {
    const changes: readonly LayoutChange[] = [
      'kpar-1',
      'ncore-1',
      'double-ncore',
      'halve-ranks-per-node',
      'double-nodes',
    ]
    fc.assert(
      fc.property(sizes, fc.constantFrom(...changes), (request, change) => {
        const after = applyLayoutChange(chooseLayout(request), change)
        if (after === undefined) return true
        const ranks = after.nodes * after.ranksPerNode
        return (
          ranks % after.KPAR === 0 &&
          (ranks / after.KPAR) % after.NCORE === 0 &&
          after.explanation.length === 3
        )
      }),
    )
    const tight = chooseLayout({ nodes: 1, ranksPerNode: 1, kPoints: 1, bands: 8 })
    expect(applyLayoutChange(tight, 'kpar-1')).toBeUndefined()
    expect(applyLayoutChange(tight, 'double-ncore')).toBeUndefined()
    expect(applyLayoutChange(tight, 'halve-ranks-per-node')).toBeUndefined()
  })
})
