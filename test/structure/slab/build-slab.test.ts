import fc from 'fast-check'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { loadSymmetryEngine } from '../../../src/adapters/symmetry/moyo-from-package.ts'
import { determinant } from '../../../src/base/matrix.ts'
import { dot, norm } from '../../../src/base/vector.ts'
import { bondLimitAngstrom } from '../../../src/structure/ions.ts'
import { cellParameters } from '../../../src/structure/lattice.ts'
import { matchStructures } from '../../../src/structure/match.ts'
import { neighboursWithin } from '../../../src/structure/neighbours.ts'
import { readPoscar } from '../../../src/structure/poscar.ts'
import { buildSlab, type SlabOptions } from '../../../src/structure/slab/build-slab.ts'
import type { MillerIndex } from '../../../src/structure/slab/oriented-repeat.ts'
import { sitePermutations } from '../../../src/structure/slab/site-orbits.ts'
import { asSlab, symmetryOfSlab, type Slab } from '../../../src/structure/slab/slab.ts'
import { makeSupercell } from '../../../src/structure/supercell.ts'
import { composition } from '../../../src/structure/structure.ts'
import { analyseSymmetry } from '../../../src/structure/symmetry.ts'
import { sharedFolder } from '../shared-files.ts'
import { anatase, li2MnO3, liCoO2, mgo, spinel, srTiO3, states } from './hosts.ts'

beforeAll(() => loadSymmetryEngine())

const paper = (repeats: number, more: Partial<SlabOptions> = {}) =>
  buildSlab(li2MnO3, { millerIndex: [0, 1, 0], thickness: { repeats }, oxidationStates: states, ...more })
const heightsAngstrom = (slab: Slab) =>
  slab.structure.sites.map((site) => site.fractional[2] * slab.structure.lattice[2][2])

describe('the Li2MnO3 (010) slab', () => {
  const folder = sharedFolder('structures')
  const fixtures = [2, 3, 4].flatMap((n) =>
    [1, 2].map((m) => ({ n, m, name: `Li2MnO3_010_T1_n${n}_${m}x${m}.vasp` })),
  )

  it.skipIf(folder === undefined).each(fixtures)(
    'is the published $name up to symmetry and origin',
    ({ n, m, name }) => {
      const fixture = readPoscar(readFileSync(join(folder ?? '', name), 'utf8')).structure

      const found = matchStructures(paper(n, { cell: { repeats: [m, m] } }).structure, fixture)

      expect(found?.maxDisplacementAngstrom).toBeLessThan(1e-3)
    },
  )

  it('has 144 atoms as 2a × 2c × 3 trilayers, 9.874 × 10.060 × 26.58 Å, 93.7 Å²', () => {
    const slab = paper(3, { cell: { repeats: [2, 2] } })
    const cell = cellParameters(slab.structure.lattice)

    expect(Object.fromEntries(composition(slab.structure))).toEqual({ Mn: 24, Li: 48, O: 72 })
    expect(slab.surfaceVectors).toEqual([
      [1, 0, 0],
      [0, 0, -1],
    ])
    expect([cell.aAngstrom, cell.bAngstrom, cell.cAngstrom].map((x) => x.toFixed(2))).toEqual([
      '9.87',
      '10.06',
      '26.58',
    ])
    expect(180 - cell.gammaDegrees).toBeCloseTo(109.46, 6)
    expect(slab.areaAngstrom2).toBeCloseTo(93.7, 1)
  })

  it.each([
    [2, 7.32],
    [3, 11.58],
    [4, 15.85],
    [5, 20.12],
  ])('of %i trilayers is %f Å thick with 15 Å of vacuum', (n, thickness) => {
    const slab = paper(n)
    const heights = heightsAngstrom(slab)

    expect(slab.structure.sites).toHaveLength(12 * n)
    expect(slab.thicknessAngstrom).toBeCloseTo(thickness, 2)
    expect(Math.max(...heights) - Math.min(...heights)).toBeCloseTo(slab.thicknessAngstrom, 9)
    expect(slab.structure.lattice[2][2] - slab.thicknessAngstrom).toBeCloseTo(15, 9)
  })

  it('has 3 Mn, 7 Li and 5 O positions at the depths where they belong', () => {
    const slab = paper(3)
    const depths = (element: string) => {
      const orbits = new Map(
        slab.sites.filter((site) => site.element === element).map((site) => [site.orbit, site]),
      )
      return [...orbits.values()].map((site) => Number(site.depthAngstrom.toFixed(2))).sort((a, b) => a - b)
    }

    expect(depths('Mn')).toEqual([0.1, 2.95, 4.37])
    expect(depths('Li')).toEqual([0.16, 1.53, 1.53, 2.9, 4.42, 5.79, 5.79])
    expect(depths('O')).toHaveLength(5)
  })

  it('has 1 Mn with four bonds, 1 Li with four and 2 O with four on each face, all else six', () => {
    const slab = paper(3)
    const low = slab.sites.filter((site) => site.coordination !== 6)

    expect(low.map((site) => `${site.element} ${site.coordination} ${site.face}`).sort()).toEqual([
      'Li 4 bottom',
      'Li 4 top',
      'Mn 4 bottom',
      'Mn 4 top',
      'O 4 bottom',
      'O 4 bottom',
      'O 4 top',
      'O 4 top',
    ])
  })

  it('knows Li 2b and Mn 4g as TM-layer, Li 2c and 4h as Li-layer', () => {
    const layers = new Set(
      paper(3).sites.map((site) => `${site.element} ${site.wyckoff} ${site.layer ?? 'none'}`),
    )

    expect([...layers].sort()).toEqual([
      'Li 2b TM-layer',
      'Li 2c Li-layer',
      'Li 4h Li-layer',
      'Mn 4g TM-layer',
      'O 4i none',
      'O 8j none',
    ])
  })

  it.each([
    [2, 13],
    [3, 10],
    [4, 13],
  ])('of %i trilayers has space group %i (P2/m odd, P2/c even)', (n, group) => {
    expect(analyseSymmetry(paper(n).structure).spaceGroupNumber).toBe(group)
  })

  it('holds the middle trilayer: 12 of 36 atoms, symmetric about the centre', () => {
    const slab = paper(3, { frozen: { part: 'centre', repeats: 1 } })
    const held = slab.sites.filter((_, i) => slab.structure.sites[i]?.mobile?.[2] === false)

    expect(held).toHaveLength(12)
    expect(Math.min(...held.map((site) => site.depthAngstrom))).toBeGreaterThan(4)
  })

  it('reaches 144 atoms by a minimum image distance of 8 Å, and thickness by atoms or Å', () => {
    expect(paper(3, { cell: { minimumImageDistanceAngstrom: 8 } }).structure.sites).toHaveLength(144)
    expect(paper(1, { thickness: { minimumAtoms: 25 } }).repeats).toBe(3)
    expect(paper(1, { thickness: { minimumAngstrom: 10 } }).repeats).toBe(3)
    expect(paper(1, { thickness: { minimumAngstrom: 11.5831 } }).repeats).toBe(4)
  })
})

describe('any slab', () => {
  const hosts = [mgo, srTiO3, anatase, liCoO2, spinel, li2MnO3]
  const index = fc.tuple(
    fc.integer({ min: -3, max: 3 }),
    fc.integer({ min: -3, max: 3 }),
    fc.integer({ min: -3, max: 3 }),
  )

  it('has c along the normal, the vacuum asked for, the composition of the host and its own symmetry', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...hosts),
        index.filter((hkl) => hkl.some((x) => x !== 0)),
        (host, millerIndex) => {
          const slab = buildSlab(host, {
            millerIndex,
            thickness: { repeats: 2 },
            vacuumAngstrom: 12,
            oxidationStates: states,
          })
          const [a, b, c] = slab.structure.lattice
          const ratio = slab.structure.sites.length / host.sites.length

          expect([dot(a, c), dot(b, c)]).toEqual([0, 0])
          expect(determinant(slab.structure.lattice)).toBeGreaterThan(0)
          expect(norm(c) - slab.thicknessAngstrom).toBeCloseTo(12, 9)
          for (const [element, count] of composition(host))
            expect(composition(slab.structure).get(element)).toBeCloseTo(count * ratio, 9)
          expect(sitePermutations(slab.structure, symmetryOfSlab(slab))).toHaveLength(slab.operations.length)
          slab.sites.forEach((site) => expect(host.sites[site.hostSite]?.element).toBe(site.element))
        },
      ),
      { numRuns: 40 },
    )
  })

  it('has the bonds that a search among its own atoms finds', () => {
    const cases: [typeof mgo, MillerIndex][] = [
      [mgo, [2, 1, 1]],
      [anatase, [1, 0, 1]],
      [liCoO2, [1, 0, 4]],
      [spinel, [1, 1, 0]],
    ]
    for (const [host, millerIndex] of cases) {
      const slab = buildSlab(host, { millerIndex, thickness: { repeats: 3 }, oxidationStates: states })
      const limit = (a: string, b: string) =>
        a === 'O'
          ? bondLimitAngstrom(b, states[b as keyof typeof states], a)
          : bondLimitAngstrom(a, states[a as keyof typeof states], b)
      const counted = neighboursWithin(slab.structure, 3.2).map((list, i) => {
        const own = slab.sites[i]?.element ?? ''
        return list.filter((near) => {
          const other = slab.sites[near.index]?.element ?? ''
          return (own === 'O') !== (other === 'O') && near.distanceAngstrom <= limit(own, other)
        }).length
      })
      expect(slab.sites.map((site) => site.coordination)).toEqual(counted)
    }
  })

  it('has as many symmetry-distinct atoms as an independent symmetry search finds', () => {
    const cases: [typeof mgo, MillerIndex][] = [
      [srTiO3, [1, 1, 0]],
      [anatase, [1, 0, 1]],
      [liCoO2, [1, 0, 4]],
      [spinel, [1, 0, 0]],
    ]
    for (const [host, millerIndex] of cases) {
      const slab = buildSlab(host, { millerIndex, thickness: { repeats: 3 }, oxidationStates: states })
      const own = new Set(slab.sites.map((site) => site.orbit)).size

      expect(own).toBe(new Set(analyseSymmetry(slab.structure).equivalentTo).size)
    }
  })

  it('can have a right-angled surface cell where the lattice allows one', () => {
    const slab = buildSlab(liCoO2, { millerIndex: [0, 0, 1], thickness: { repeats: 2 }, orthogonal: true })

    expect(cellParameters(slab.structure.lattice).gammaDegrees).toBeCloseTo(90, 9)
    expect(slab.areaAngstrom2).toBeCloseTo(2.816 ** 2 * Math.sqrt(3), 6)
    expect(() => paper(2, { orthogonal: true })).toThrow(/no right angle/)
  })

  it('is the same from a supercell, from other axes and from a left-handed cell of the host', () => {
    const reference = paper(3).structure
    const from = (host: typeof mgo, millerIndex: MillerIndex) =>
      buildSlab(host, { millerIndex, thickness: { repeats: 3 }, oxidationStates: states })
    const [a, b, c] = li2MnO3.lattice
    const leftHanded = {
      ...li2MnO3,
      lattice: [c, b, a] as const,
      sites: li2MnO3.sites.map((site) => {
        const [x, y, z] = site.fractional
        return { ...site, fractional: [z, y, x] as const }
      }),
    }
    const otherAxes = makeSupercell(li2MnO3, [
      [1, 0, 1],
      [0, 1, 0],
      [0, 0, 1],
    ])

    expect(determinant(leftHanded.lattice)).toBeLessThan(0)
    for (const slab of [
      from(makeSupercell(li2MnO3, [2, 1, 1]), [0, 1, 0]),
      from(makeSupercell(li2MnO3, [1, 2, 1]), [0, 1, 0]),
      from(otherAxes, [0, 1, 0]),
      from(leftHanded, [0, 1, 0]),
    ]) {
      expect(slab.termination.name).toBe('T1')
      expect(slab.operations).toHaveLength(4)
      expect(matchStructures(slab.structure, reference)?.maxDisplacementAngstrom).toBeLessThan(1e-3)
    }
  })

  it('with two repeats holds at most one when its centre is frozen', () => {
    const slab = paper(2, { frozen: { part: 'centre', repeats: 1 } })
    const bottom = paper(3, { frozen: { part: 'bottom', repeats: 1 } })
    const held = ({ structure, sites }: Slab) =>
      sites.filter((_, i) => structure.sites[i]?.mobile?.[0] === false)

    expect(held(slab)).toHaveLength(8)
    expect(held(bottom)).toHaveLength(12)
    expect(held(bottom).every((site) => site.face === 'bottom')).toBe(true)
  })

  it('of 10 000 atoms takes less than five seconds', () => {
    const start = performance.now()
    const slab = paper(17, { cell: { repeats: [7, 7] }, maximumAtoms: 10_000 })

    expect(slab.structure.sites).toHaveLength(9996)
    expect(performance.now() - start).toBeLessThan(5000)
  })
})

describe('what cannot be built', () => {
  const mgoSlab = (options: Partial<SlabOptions>) => () =>
    buildSlab(mgo, { millerIndex: [1, 0, 0], thickness: { repeats: 2 }, ...options })

  it('is refused with a code and a remedy', () => {
    expect(mgoSlab({ millerIndex: [0, 0, 0] })).toThrow(expect.objectContaining({ code: 'MILLER_INDEX' }))
    expect(mgoSlab({ millerIndex: [1, 0.5, 0] })).toThrow(expect.objectContaining({ code: 'MILLER_INDEX' }))
    expect(mgoSlab({ termination: 'T7' })).toThrow(
      expect.objectContaining({
        code: 'NO_SUCH_TERMINATION',
        remedy: expect.stringContaining('T1 (MgO below') as string,
      }),
    )
    expect(mgoSlab({ thickness: { repeats: 0 } })).toThrow(expect.objectContaining({ code: 'EMPTY_SLAB' }))
    expect(mgoSlab({ vacuumAngstrom: -3 })).toThrow(expect.objectContaining({ code: 'IMPOSSIBLE_VACUUM' }))
    expect(mgoSlab({ vacuumAngstrom: Number.NaN })).toThrow(
      expect.objectContaining({ code: 'IMPOSSIBLE_VACUUM' }),
    )
    expect(mgoSlab({ cell: { repeats: [100, 100] } })).toThrow(
      expect.objectContaining({ code: 'STRUCTURE_TOO_LARGE' }),
    )
    expect(mgoSlab({ cell: { repeats: [0, 2] } })).toThrow(expect.objectContaining({ code: 'IN_PLANE_CELL' }))
  })

  it('includes hosts without atoms and hosts with two atoms on one place', () => {
    const empty = { ...mgo, sites: [] }
    const double = { ...mgo, sites: [...mgo.sites, { element: 'Mg', fractional: [0.01, 0, 0] as const }] }

    expect(() => buildSlab(empty, { millerIndex: [1, 0, 0], thickness: { repeats: 1 } })).toThrow(
      expect.objectContaining({ code: 'EMPTY_SLAB' }),
    )
    expect(() => buildSlab(double, { millerIndex: [1, 0, 0], thickness: { repeats: 1 } })).toThrow(
      /on top of each other: Mg .* at 0.04 Å/,
    )
  })

  it('includes slabs whose c leans', () => {
    const slab = paper(2)
    const [a, b, c] = slab.structure.lattice
    const leaning = { ...slab, structure: { ...slab.structure, lattice: [a, b, [1, c[1], c[2]]] as const } }

    expect(() => asSlab(leaning)).toThrow(expect.objectContaining({ code: 'SLAB_GEOMETRY' }))
  })
})
