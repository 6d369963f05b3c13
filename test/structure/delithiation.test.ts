import { beforeAll, describe, expect, it } from 'vitest'
import { loadSymmetryEngine } from '../../src/adapters/symmetry/moyo-from-package.ts'
import { formalChargeBalance, formalHolesPerOxygen } from '../../src/structure/charge-balance.ts'
import {
  delithiatedLabels,
  remainingPerFormulaUnit,
  withoutLabels,
} from '../../src/structure/delithiation.ts'
import { substitute } from '../../src/structure/dopant/substitute.ts'
import { buildSlab } from '../../src/structure/slab/build-slab.ts'
import { composition } from '../../src/structure/structure.ts'
import { li2MnO3, states } from './slab/hosts.ts'

beforeAll(() => loadSymmetryEngine())

const slab = (m: number) =>
  buildSlab(li2MnO3, {
    millerIndex: [0, 1, 0],
    thickness: { repeats: 3 },
    cell: { repeats: [m, m] },
    oxidationStates: states,
  })

describe('delithiation of the Li2MnO3 (010) surface', () => {
  it.each([
    [1, 1],
    [2, 3],
    [3, 4],
  ])('takes %i planes: %i Li per face and 1×1 cell, twice that on both faces', (planes, count) => {
    const one = slab(1)

    expect(delithiatedLabels(one, { planes, faces: 'top' })).toHaveLength(count)
    expect(delithiatedLabels(one, { planes, faces: 'bottom' })).toHaveLength(count)
    expect(delithiatedLabels(one, { planes, faces: 'both' })).toHaveLength(2 * count)
    expect(delithiatedLabels(slab(2), { planes, faces: 'both' })).toHaveLength(8 * count)
  })

  it.each([
    [1, 0.17],
    [2, 0.5],
    [3, 0.67],
  ])('of %i planes on both faces removes the share %f of the lithium', (planes, share) => {
    const removed = delithiatedLabels(slab(1), { planes, faces: 'both' }).length

    expect(removed / 12).toBeCloseTo(share, 2)
    expect(remainingPerFormulaUnit(slab(1), removed, 'Li', 2)).toBeCloseTo(2 * (1 - removed / 12), 12)
  })

  it('can be kept to the Li-layer', () => {
    const labels = delithiatedLabels(slab(1), { planes: 2, faces: 'top', layer: 'Li-layer' })
    const sites = slab(1).sites.filter((site) => labels.includes(site.label))

    expect(sites.map((site) => site.depthAngstrom.toFixed(2))).toEqual(['0.16', '1.53'])
  })

  it('takes the same lithium out of a doped slab, and no cation fills the holes', () => {
    const labels = delithiatedLabels(slab(2), { planes: 1, faces: 'top' })
    const doped = substitute(slab(2).structure, 'Mn-1', { element: 'B', oxidationState: 3 }).structure
    const pristine = withoutLabels(slab(2).structure, labels)

    expect(composition(withoutLabels(doped, labels)).get('Li')).toBe(composition(pristine).get('Li'))
    expect(formalChargeBalance(pristine, states)).toBe(-4)
    expect(formalChargeBalance(withoutLabels(doped, labels), states)).toBe(-5)
    expect(formalHolesPerOxygen(pristine, states)).toBeCloseTo(4 / 72, 12)
  })

  it('refuses planes and labels that are not there', () => {
    expect(() => delithiatedLabels(slab(1), { planes: 12, faces: 'top' })).toThrow(/has 9 in all/)
    expect(() => delithiatedLabels(slab(1), { element: 'Na', planes: 1, faces: 'top' })).toThrow(
      /has 0 in all/,
    )
    expect(() => withoutLabels(slab(1).structure, ['Li-99'])).toThrow(/no Li-99/)
  })
})

describe('formal charge balance', () => {
  const onSite = (label: string, element: string, oxidationState: number) =>
    formalChargeBalance(substitute(slab(1).structure, label, { element, oxidationState }).structure, states)

  it('is 0 for the pristine slab', () => {
    expect(formalChargeBalance(slab(2).structure, states)).toBe(0)
  })

  it.each([
    ['B', 3, -1, 2],
    ['Al', 3, -1, 2],
    ['Si', 4, 0, 3],
    ['P', 5, 1, 4],
    ['S', 6, 2, 5],
  ])('of %s%i+ is %i e on Mn and %i e on Li', (element, state, onMn, onLi) => {
    expect([onSite('Mn-1', element, state), onSite('Li-1', element, state)]).toEqual([onMn, onLi])
  })

  it('names the elements without a state', () => {
    const unknown = substitute(slab(1).structure, 'Mn-1', { element: 'B' }).structure

    expect(() => formalChargeBalance(unknown, states)).toThrow(
      expect.objectContaining({
        code: 'OXIDATION_STATE_MISSING',
        remedy: expect.stringContaining('B: <charge>') as string,
      }),
    )
  })
})
