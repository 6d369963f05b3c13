import { beforeAll, describe, expect, it } from 'vitest'
import { loadSymmetryEngine } from '../../../src/adapters/symmetry/moyo-from-package.ts'
import { analyseSymmetry } from '../../../src/structure/symmetry.ts'
import { buildSlab } from '../../../src/structure/slab/build-slab.ts'
import type { MillerIndex } from '../../../src/structure/slab/oriented-repeat.ts'
import { slabTerminations } from '../../../src/structure/slab/terminations.ts'
import type { Structure } from '../../../src/structure/structure.ts'
import { anatase, li2MnO3, liCoO2, mgo, mgoPrimitive, spinel, srTiO3, states } from './hosts.ts'

beforeAll(() => loadSymmetryEngine())

const terminations = (host: Structure, millerIndex: MillerIndex) =>
  slabTerminations(host, millerIndex, { oxidationStates: states })
const planes = (host: Structure, millerIndex: MillerIndex) =>
  terminations(host, millerIndex).map((t) => t.planes.map((plane) => plane.formula).join(' '))
const types = (host: Structure, millerIndex: MillerIndex) =>
  terminations(host, millerIndex).map((t) => t.taskerType)
const height = (host: Structure, millerIndex: MillerIndex) =>
  buildSlab(host, { millerIndex, thickness: { repeats: 2 } }).thicknessAngstrom -
  buildSlab(host, { millerIndex, thickness: { repeats: 1 } }).thicknessAngstrom

describe('terminations, counted by hand', () => {
  it('rocksalt (100) and (110) are neutral MgO planes a/2 and a/√8 apart', () => {
    expect([planes(mgo, [1, 0, 0]), planes(mgo, [1, 1, 0])]).toEqual([['MgO'], ['MgO']])
    expect([types(mgo, [1, 0, 0]), types(mgo, [1, 1, 0])]).toEqual([['I'], ['I']])
    expect(height(mgo, [1, 0, 0])).toBeCloseTo(4.212 / 2, 6)
    expect(height(mgo, [1, 1, 0])).toBeCloseTo(4.212 / Math.sqrt(8), 6)
  })

  it('rocksalt (111) alternates Mg and O: one cut up to turning over, polar by 2 e over half the repeat', () => {
    const [only, ...more] = terminations(mgo, [1, 1, 1])

    expect(more).toEqual([])
    expect(only?.taskerType).toBe('III')
    expect(only?.dipolePerRepeatEAngstrom).toBeCloseTo((-2 * 4.212) / Math.sqrt(3) / 2, 6)
    expect(only?.planes.map((plane) => plane.formula)).toEqual(['Mg', 'O'])
  })

  it('the conventional and the primitive cell of MgO have the same surfaces, in their own indices', () => {
    expect(planes(mgoPrimitive, [1, 1, 1])).toEqual(planes(mgo, [1, 1, 1]))
    expect(height(mgoPrimitive, [1, 1, 1])).toBeCloseTo(height(mgo, [1, 1, 1]), 3)
  })

  it('perovskite (001) has SrO and TiO2 planes, neutral; (110) and (111) are polar by 4 e', () => {
    expect(planes(srTiO3, [0, 0, 1]).map((text) => text.split(' ').sort())).toEqual([['SrO', 'TiO2']])
    expect(types(srTiO3, [0, 0, 1])).toEqual(['I'])
    const charges = (index: MillerIndex) =>
      terminations(srTiO3, index)[0]
        ?.planes.map((p) => `${p.formula} ${p.chargeE}`)
        .sort()
    expect(charges([1, 1, 0])).toEqual(['O2 -4', 'SrTiO 4'])
    expect(charges([1, 1, 1])).toEqual(['SrO3 -4', 'Ti 4'])
    expect([types(srTiO3, [1, 1, 0]), types(srTiO3, [1, 1, 1])]).toEqual([['III'], ['III']])
  })

  it('layered LiCoO2 is cut between O and Li first, then between Co and O on (003); (104) is one neutral plane', () => {
    const [first, second, ...more] = terminations(liCoO2, [0, 0, 3])
    const faces = (t = first) => [t?.planes[0]?.formula, t?.planes.at(-1)?.formula].sort()

    expect(more).toEqual([])
    expect([faces(first), faces(second)]).toEqual([
      ['Li', 'O'],
      ['Co', 'O'],
    ])
    expect(height(liCoO2, [0, 0, 3])).toBeCloseTo(14.054 / 3, 6)
    expect(
      terminations(liCoO2, [1, 0, 4]).map((t) => [t.planes[0]?.formula, t.taskerType, t.symmetricFaces]),
    ).toEqual([['LiCoO2', 'I', true]])
    expect(height(liCoO2, [1, 0, 4])).toBeCloseTo(2.003, 3)
  })

  it('spinel (100) alternates Mg and Al2O4, one cut; (111) has three', () => {
    expect(terminations(spinel, [1, 0, 0])).toHaveLength(1)
    expect(
      terminations(spinel, [1, 0, 0])[0]
        ?.planes.map((plane) => plane.formula)
        .sort(),
    ).toEqual(['Al2O4', 'Al2O4', 'Mg', 'Mg'])
    expect(height(spinel, [1, 0, 0])).toBeCloseTo(8.083 / 2, 6)
    const kinds = terminations(spinel, [1, 1, 1]).map((t) =>
      [t.planes[0]?.formula, t.planes.at(-1)?.formula].sort().join('|'),
    )
    expect(kinds.sort()).toEqual(['Al3|O4', 'Al|Mg', 'Mg|O4'])
  })

  it('anatase (101) is cut between two O planes first: non-polar, one bond broken per Ti and O', () => {
    const [first, ...more] = terminations(anatase, [1, 0, 1])

    expect(first?.planes.map((plane) => plane.formula)).toEqual(['O', 'TiO', 'TiO', 'O'])
    expect([first?.symmetricFaces, first?.taskerType, first?.brokenBonds]).toEqual([true, 'II', 2])
    expect(more.map((t) => t.taskerType)).toEqual(['II', 'III'])
    expect(height(anatase, [1, 0, 1])).toBeCloseTo(3.517, 3)
  })

  it('Li2MnO3 (010): T1 between two LiMnO2 planes, T2 polar by −b/2 e·Å per trilayer', () => {
    const [t1, t2, ...more] = terminations(li2MnO3, [0, 1, 0])

    expect(more).toEqual([])
    expect(t1?.planes.map((plane) => plane.formula)).toEqual(['MnLiO2', 'Li2O2', 'MnLiO2'])
    expect([t1?.symmetricFaces, t1?.taskerType, t1?.dipolePerRepeatEAngstrom]).toEqual([true, 'II', 0])
    expect([t2?.symmetricFaces, t2?.taskerType]).toEqual([false, 'III'])
    expect(2 * (t2?.dipolePerRepeatEAngstrom ?? 0)).toBeCloseTo(-8.53, 2)
    expect(3 * (t2?.dipolePerRepeatEAngstrom ?? 0)).toBeCloseTo(-12.8, 2)
  })

  it('leaves polarity open when a formal charge is unknown', () => {
    expect(slabTerminations(mgo, [1, 1, 1])[0]?.taskerType).toBeUndefined()
  })
})

describe('off-stoichiometric slabs with equal faces', () => {
  it('T2s of Li2MnO3 has Li2O2 on both sides: two trilayers give Li10Mn4O14', () => {
    const slab = buildSlab(li2MnO3, {
      millerIndex: [0, 1, 0],
      termination: 'T2s',
      thickness: { repeats: 2 },
      oxidationStates: states,
    })
    const count = (element: string) => slab.sites.filter((site) => site.element === element).length

    expect([count('Li'), count('Mn'), count('O')]).toEqual([10, 4, 14])
    expect(slab.termination.stoichiometric).toBe(false)
    expect(analyseSymmetry(slab.structure).operations.some(({ rotation }) => rotation[2][2] === -1)).toBe(
      true,
    )
  })

  it('SrTiO3 (001) ends in SrO or in TiO2', () => {
    const names = slabTerminations(srTiO3, [0, 0, 1], { oxidationStates: states, offStoichiometric: true })

    expect(names.map((t) => t.name)).toEqual(['T1', 'T1s', 'T1s2'])
    expect(
      names
        .slice(1)
        .map((t) => t.summary.split(' ')[0])
        .sort(),
    ).toEqual(['SrO', 'TiO2'])
  })
})
