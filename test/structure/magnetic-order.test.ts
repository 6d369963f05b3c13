import { beforeAll, describe, expect, it } from 'vitest'
import { loadSymmetryEngine } from '../../src/adapters/symmetry/moyo-from-package.ts'
import { magneticSeed, withMoments } from '../../src/structure/magnetic-order.ts'
import { neighboursWithin } from '../../src/structure/neighbours.ts'
import { buildSlab } from '../../src/structure/slab/build-slab.ts'
import { makeSupercell } from '../../src/structure/supercell.ts'
import { li2MnO3, liCoO2, states } from './slab/hosts.ts'

beforeAll(() => loadSymmetryEngine())

const slab = (m: number) =>
  buildSlab(li2MnO3, {
    millerIndex: [0, 1, 0],
    thickness: { repeats: 3 },
    cell: { repeats: [m, m] },
    oxidationStates: states,
  }).structure

describe('magnetic seeds', () => {
  it('ferromagnetic Li2MnO3 has 4 μB on every Mn4+ and nothing on Li and O', () => {
    const { momentsMuB } = magneticSeed(slab(2), 'ferromagnetic', { oxidationStates: states })

    expect(momentsMuB.filter((moment) => moment === 4)).toHaveLength(24)
    expect(momentsMuB.reduce((a, b) => a + b, 0)).toBe(96)
  })

  it.each([1, 2])('Néel order of the %i×%i slab opposes all Mn neighbours at 2.85 Å and cancels', (m) => {
    const structure = slab(m)
    const seed = magneticSeed(structure, 'neel', { oxidationStates: states })

    expect(seed.frustrated).toBe(false)
    expect(seed.neighbourLimitAngstrom).toBeGreaterThan(2.86)
    expect(seed.momentsMuB.reduce((a, b) => a + b, 0)).toBe(0)
    neighboursWithin(structure, 3).forEach((list, i) =>
      list
        .filter(
          (near) => structure.sites[i]?.element === 'Mn' && structure.sites[near.index]?.element === 'Mn',
        )
        .forEach((near) => expect(seed.momentsMuB[near.index]).toBe(-(seed.momentsMuB[i] ?? 0))),
    )
  })

  it('says that the triangular layers of LiNiO2 are frustrated', () => {
    const nickelate = {
      ...liCoO2,
      sites: liCoO2.sites.map((site) => (site.element === 'Co' ? { ...site, element: 'Ni' } : site)),
    }

    const seed = magneticSeed(makeSupercell(nickelate, [2, 2, 1]), 'neel', {
      oxidationStates: { ...states, Ni: 3 },
    })

    expect(seed.frustrated).toBe(true)
    expect(seed.frustratedPairs).toBeLessThan(seed.pairs)
  })

  it('counts a bond of an ion with its own image as frustrated', () => {
    const one = {
      ...liCoO2,
      sites: liCoO2.sites.map((site) => (site.element === 'Co' ? { ...site, element: 'Fe' } : site)),
    }

    expect(magneticSeed(one, 'neel', { oxidationStates: { ...states, Fe: 3 } }).frustrated).toBe(true)
  })

  it('takes moments for O on a delithiated surface without making O part of the order', () => {
    const seed = magneticSeed(slab(1), 'neel', { oxidationStates: states, momentsMuB: { O: 0.6 } })

    expect(seed.momentsMuB.filter((moment) => moment === 0.6)).toHaveLength(18)
    expect(withMoments(slab(1), seed).sites.filter((site) => site.magneticMomentMuB === 0.6)).toHaveLength(18)
  })

  it('gives Mn3+ 5 and Co3+ (low spin) 0.6 μB', () => {
    const moments = (element: string, oxidationState: number) =>
      magneticSeed(
        { ...liCoO2, sites: [{ element, fractional: [0, 0, 0], oxidationState }] },
        'ferromagnetic',
      ).momentsMuB

    expect([moments('Mn', 3), moments('Co', 3), moments('Ti', 4), moments('O', -2)]).toEqual([
      [5],
      [0.6],
      [0],
      [0],
    ])
  })
})
