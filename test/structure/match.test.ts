import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { multiply, type Matrix3 } from '../../src/base/matrix.ts'
import { seededRandom, randomDirection } from '../../src/base/seeded-random.ts'
import { readCif } from '../../src/structure/cif/read-cif.ts'
import { toCartesian, toFractional } from '../../src/structure/lattice.ts'
import { inverseOfUnimodular } from '../../src/structure/lattice-maps.ts'
import { matchStructures } from '../../src/structure/match.ts'
import { readPoscar } from '../../src/structure/poscar.ts'
import type { Structure } from '../../src/structure/structure.ts'
import { rowTimesMatrix } from '../../src/base/matrix.ts'
import { processorMilliseconds } from './processor-time.ts'
import { sharedFolder } from './shared-files.ts'

const structures = sharedFolder('structures')
const host = readCif(readFileSync(resolve(import.meta.dirname, '../../structures/li2mno3.cif'), 'utf8')).structure

describe('matchStructures', () => {
  it('finds a crystal again in other axes, turned, shifted, shuffled and shaken by 0.02 Å', () => {
    fc.assert(
      fc.property(fc.integer(), fc.constantFrom(...unimodular), (seed, axes) => {
        const other = disguise(host, `seed ${seed}`, axes, 0.02)

        const match = matchStructures(host, other)

        expect(match?.maxDisplacementAngstrom).toBeLessThan(0.05)
        expect(new Set(match?.siteOfB).size).toBe(24)
        match?.siteOfB.forEach((j, i) => expect(other.sites[j]?.element).toBe(host.sites[i]?.element))
      }),
      { numRuns: 40 },
    )
  })

  it('tells where each atom went', () => {
    const other = disguise(host, 'where', [[1, 0, 0], [0, 1, 0], [1, 0, 1]], 0)
    const match = matchStructures(host, other)

    expect(match?.rmsDisplacementAngstrom).toBeLessThan(1e-9)
    expect([...(match?.siteOfB ?? [])].sort((x, y) => x - y)).toEqual(host.sites.map((_, index) => index))
  })

  it.skipIf(structures === undefined)('recognises the conventional cell that another program wrote', () => {
    const other = readPoscar(readFileSync(join(structures ?? '', 'Li2MnO3_C2m_conv.vasp'), 'utf8')).structure

    expect(matchStructures(host, other)?.maxDisplacementAngstrom).toBeLessThan(1e-3)
  })

  it('is not fooled by one atom moved by 0.2 Å, another element or another number of atoms', () => {
    const moved = { ...host, sites: host.sites.map((s, i) => (i === 3 ? { ...s, fractional: [s.fractional[0] + 0.04, s.fractional[1], s.fractional[2]] as const } : s)) }
    const swapped = { ...host, sites: host.sites.map((s, i) => ({ ...s, element: i === 0 ? 'Li' : i === 4 ? 'Mn' : s.element })) }

    expect(matchStructures(host, moved)).toBeUndefined()
    expect(matchStructures(host, swapped)).toBeUndefined()
    expect(matchStructures(host, { ...host, sites: host.sites.slice(1) })).toBeUndefined()
    expect(matchStructures(host, doubled(host))).toBeUndefined()
  })

  it('holds mirror images for the same unless it is told to keep the hand', () => {
    const left: Structure = {
      comment: 'a chiral arrangement',
      lattice: [[5, 0, 0], [0, 6, 0], [0, 0, 7]],
      sites: [
        { element: 'Si', fractional: [0, 0, 0] },
        { element: 'O', fractional: [0.2, 0, 0] },
        { element: 'F', fractional: [0, 0.2, 0] },
        { element: 'Cl', fractional: [0, 0, 0.2] },
      ],
    }
    const right = { ...left, sites: left.sites.map((s) => ({ ...s, fractional: [-s.fractional[0], s.fractional[1], s.fractional[2]] as const })) }

    expect(matchStructures(left, right)).toBeDefined()
    expect(matchStructures(left, right, { improper: false })).toBeUndefined()
    expect(matchStructures(left, left, { improper: false })).toBeDefined()
  })

  it('keeps the axes when it is told so', () => {
    const turned = disguise(host, 'axes', [[1, 0, 0], [0, 1, 0], [1, 0, 1]], 0)

    expect(matchStructures(host, turned, { sameLattice: true })).toBeUndefined()
    expect(matchStructures(host, host, { sameLattice: true })?.siteOfB).toEqual(host.sites.map((_, index) => index))
  })

  it.skipIf(structures === undefined)('settles slabs of 144 atoms, equal or not, within a second', () => {
    const slab = readPoscar(readFileSync(join(structures ?? '', 'Li2MnO3_010_T1_n3_2x2.vasp'), 'utf8')).structure
    const dopedAt = (index: number) => ({ ...slab, sites: slab.sites.map((s, i) => (i === index ? { ...s, element: 'Al' } : s)) })
    const manganese = slab.sites.flatMap((s, i) => (s.element === 'Mn' ? [i] : []))

    const same = matchStructures(slab, disguise(slab, 'slab', [[0, 1, 0], [-1, 0, 0], [0, 0, 1]], 0.01))
    const groups: number[] = []
    const milliseconds = processorMilliseconds(() => {
      for (const i of manganese) groups.push(manganese.filter((j) => matchStructures(dopedAt(i), dopedAt(j)) !== undefined).length)
    })

    expect(same).toBeDefined()
    expect(groups.reduce((x, y) => x + 1 / y, 0)).toBeCloseTo(3, 10) // three kinds of Mn in a slab of three layers
    expect(milliseconds / manganese.length ** 2).toBeLessThan(100) // a pair takes 2 ms on a quiet machine
  })
})

const unimodular: Matrix3[] = [
  [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
  [[0, 1, 0], [0, 0, 1], [1, 0, 0]],
  [[1, 0, 1], [0, 1, 0], [0, 0, 1]],
  [[1, 2, 0], [0, 1, 0], [1, 1, 1]],
  [[-1, 0, 0], [0, 1, 0], [0, 0, 1]],
]

/** The same crystal in other axes, with origin, orientation, order and small displacements drawn from the seed. */
function disguise(structure: Structure, seed: string, axes: Matrix3, shakeAngstrom: number): Structure {
  const random = seededRandom(seed)
  const angle = 2 * Math.PI * random()
  const turn: Matrix3 = [[Math.cos(angle), Math.sin(angle), 0], [-Math.sin(angle), Math.cos(angle), 0], [0, 0, 1]]
  const tilt: Matrix3 = [[1, 0, 0], [0, Math.cos(angle), Math.sin(angle)], [0, -Math.sin(angle), Math.cos(angle)]]
  const lattice = multiply(multiply(multiply(axes, structure.lattice), turn), tilt)
  const back = inverseOfUnimodular(axes)
  const origin = [random(), random(), random()] as const
  const sites = structure.sites.map((site) => {
    const f = rowTimesMatrix(site.fractional, back)
    const [x, y, z] = randomDirection(random)
    const cartesian = toCartesian(lattice, [f[0] + origin[0], f[1] + origin[1], f[2] + origin[2]])
    const shaken = [cartesian[0] + x * shakeAngstrom, cartesian[1] + y * shakeAngstrom, cartesian[2] + z * shakeAngstrom] as const
    return { order: random(), site: { ...site, fractional: toFractional(lattice, shaken) } }
  })
  return { ...structure, lattice, sites: sites.sort((a, b) => a.order - b.order).map(({ site }) => site) }
}

function doubled(structure: Structure): Structure {
  const [a, b, c] = structure.lattice
  const sites = [0, 1].flatMap((n) => structure.sites.map((s) => ({ ...s, fractional: [(s.fractional[0] + n) / 2, s.fractional[1], s.fractional[2]] as const })))
  return { ...structure, lattice: [[2 * a[0], 2 * a[1], 2 * a[2]], b, c], sites }
}
