import { beforeAll, describe, expect, it } from 'vitest'
import { loadSymmetryEngine } from '../../../src/adapters/symmetry/moyo-from-package.ts'
import { add, norm, subtract } from '../../../src/base/vector.ts'
import { equivalentOnOtherFace } from '../../../src/structure/dopant/other-face.ts'
import {
  coordinationFaces,
  faceShiftAngstrom,
  shiftTowardFace,
  surroundingAnions,
} from '../../../src/structure/dopant/off-centre.ts'
import { displace, turnedDisplacement } from '../../../src/structure/dopant/displace.ts'
import { rattle } from '../../../src/structure/dopant/rattle.ts'
import { substitute } from '../../../src/structure/dopant/substitute.ts'
import {
  distinctSubstitutionSites,
  selectSubstitutionSite,
} from '../../../src/structure/dopant/substitution-sites.ts'
import { buildSlab, type SlabOptions } from '../../../src/structure/slab/build-slab.ts'
import { cartesianAngstrom } from '../../../src/structure/structure.ts'
import { analyseSymmetry } from '../../../src/structure/symmetry.ts'
import { li2MnO3, states } from '../slab/hosts.ts'

beforeAll(() => loadSymmetryEngine())

const paper = (options: Partial<SlabOptions> = {}) =>
  buildSlab(li2MnO3, {
    millerIndex: [0, 1, 0],
    thickness: { repeats: 3 },
    cell: { repeats: [2, 2] },
    oxidationStates: states,
    ...options,
  })

describe('substitution', () => {
  it('puts B3+ on a Mn site and leaves all other atoms and labels alone', () => {
    const slab = paper()
    const { structure, index, label, replaced } = substitute(slab.structure, 'Mn-1', {
      element: 'B',
      oxidationState: 3,
    })

    expect([label, replaced, structure.sites[index]?.oxidationState]).toEqual(['B-1', 'Mn-1', 3])
    expect(structure.sites[index]?.fractional).toEqual(slab.structure.sites[index]?.fractional)
    expect(structure.sites.filter((site, i) => site !== slab.structure.sites[i])).toHaveLength(1)
  })

  it('refuses what is no site and what is no element', () => {
    const { structure } = paper()

    expect(() => substitute(structure, 'Mn-25', { element: 'B' })).toThrow(
      expect.objectContaining({ code: 'SITE_NOT_FOUND', remedy: expect.stringContaining('Mn-2') as string }),
    )
    expect(() => substitute(structure, 500, { element: 'B' })).toThrow(
      expect.objectContaining({ code: 'SITE_NOT_FOUND' }),
    )
    expect(() => substitute(structure, 0, { element: 'Boron' })).toThrow(
      expect.objectContaining({ code: 'DOPANT_ELEMENT' }),
    )
  })
})

describe('distinct sites of the Li2MnO3 slab', () => {
  it('are 3 for Mn and 7 for Li, shallowest first, with their place and multiplicity', () => {
    const slab = paper()
    const mn = distinctSubstitutionSites(slab, 'Mn')

    expect(
      mn.map((site) => [
        site.depth,
        site.depthAngstrom.toFixed(2),
        site.wyckoff,
        site.layer,
        site.coordination,
        site.multiplicity,
      ]),
    ).toEqual([
      ['surface', '0.10', '4g', 'TM-layer', 4, 8],
      ['subsurface', '2.95', '4g', 'TM-layer', 6, 8],
      ['centre', '4.37', '4g', 'TM-layer', 6, 8],
    ])
    expect(distinctSubstitutionSites(slab, 'Li')).toHaveLength(7)
    expect(distinctSubstitutionSites(slab, 'Li').reduce((sum, site) => sum + site.multiplicity, 0)).toBe(48)
  })

  it('are chosen by element, layer and depth', () => {
    const slab = paper()
    const depth = (selector: Parameters<typeof selectSubstitutionSite>[1]) =>
      selectSubstitutionSite(slab, selector).depthAngstrom.toFixed(2)

    expect(depth({ element: 'Mn', depth: 'surface' })).toBe('0.10')
    expect(depth({ element: 'Li', layer: 'Li-layer', depth: 'surface' })).toBe('0.16')
    expect(depth({ element: 'Li', layer: 'Li-layer', depth: 'subsurface' })).toBe('1.53')
    expect(depth({ element: 'Li', layer: 'TM-layer', depth: 'centre' })).toBe('5.79')
    expect(() => selectSubstitutionSite(slab, { element: 'Mn', layer: 'Li-layer' })).toThrow(
      /no site for a dopant that is Mn in the Li-layer/,
    )
  })
})

describe('two-sided doping', () => {
  it('finds the partner on the other face by inversion, and the doped slab keeps an inversion', () => {
    const slab = paper()
    const partner = equivalentOnOtherFace(slab, 'Mn-1')
    const first = substitute(slab.structure, 'Mn-1', { element: 'B' })
    const both = substitute(first.structure, partner?.label ?? '', { element: 'B' })

    expect([partner?.byInversion, slab.sites[partner?.index ?? 0]?.face]).toEqual([true, 'bottom'])
    expect(slab.sites[partner?.index ?? 0]?.orbit).toBe(slab.sites[first.index]?.orbit)
    const inversions = analyseSymmetry(both.structure).operations.filter(
      ({ rotation: r }) => r[0][0] === -1 && r[1][1] === -1 && r[2][2] === -1,
    )
    expect(inversions).toHaveLength(1)
  })

  it('keeps the inversion when both dopants leave the centre by the turned displacement', () => {
    const slab = paper()
    const partner = equivalentOnOtherFace(slab, 'Li-1')
    const first = substitute(slab.structure, 'Li-1', { element: 'B' })
    const both = substitute(first.structure, partner?.label ?? '', { element: 'B' })
    const shift = faceShiftAngstrom(both.structure, first.index, 0.4, 'a')
    const moved = displace(
      displace(both.structure, first.index, shift),
      both.index,
      turnedDisplacement(
        partner?.rotation ?? [
          [1, 0, 0],
          [0, 1, 0],
          [0, 0, 1],
        ],
        shift,
      ),
    )

    expect(analyseSymmetry(moved).spaceGroupNumber).toBe(2)
  })

  it('has no partner in the middle of the slab and on a polar one', () => {
    expect(
      equivalentOnOtherFace(paper(), paper().sites.find((site) => site.face === 'centre')?.label ?? ''),
    ).toBeUndefined()
    const polar = paper({ termination: 'T2' })
    expect(equivalentOnOtherFace(polar, 'Mn-1')).toBeUndefined()
  })
})

describe('starts off centre', () => {
  it('move 0.4 Å and end nearer to three O than to the other three', () => {
    const slab = paper()
    const index = slab.sites.findIndex(
      (site) => site.element === 'Mn' && site.face === 'top' && site.depthAngstrom > 2,
    )
    const before = cartesianAngstrom(slab.structure)[index] ?? [0, 0, 0]
    const moved = shiftTowardFace(slab.structure, index, 0.4, 'seed')
    const after = cartesianAngstrom(moved)[index] ?? [0, 0, 0]
    const lengths = surroundingAnions(slab.structure, index)
      .map((anion) => norm(subtract(add(anion, before), after)))
      .sort((a, b) => a - b)

    expect(norm(subtract(after, before))).toBeCloseTo(0.4, 9)
    expect((lengths[3] ?? 0) - (lengths[2] ?? 0)).toBeGreaterThan(0.3)
    expect(shiftTowardFace(slab.structure, index, 0.4, 'seed')).toEqual(moved)
  })

  it('choose among 8 faces of an octahedron and 4 of a tetrahedron', () => {
    const octahedron = (
      [
        [2, 0, 0],
        [-2, 0, 0],
        [0, 2, 0],
        [0, -2, 0],
        [0, 0, 2],
        [0, 0, -2],
      ] as const
    ).map((v) => v)
    const tetrahedron = (
      [
        [1, 1, 1],
        [1, -1, -1],
        [-1, 1, -1],
        [-1, -1, 1],
      ] as const
    ).map((v) => v)

    expect([coordinationFaces(octahedron).length, coordinationFaces(tetrahedron).length]).toEqual([8, 4])
  })

  it('exist for every surface site of the slab too', () => {
    const slab = paper()
    const shallow = slab.sites.flatMap((site, index) =>
      site.element !== 'O' && site.coordination < 6 ? [index] : [],
    )

    expect(shallow.length).toBeGreaterThan(0)
    for (const index of shallow)
      expect(norm(faceShiftAngstrom(slab.structure, index, 0.4, 's'))).toBeCloseTo(0.4, 9)
  })
})

describe('rattle', () => {
  it('moves every free atom by its amplitude, the same way for the same seed, and no frozen one', () => {
    const slab = paper({ frozen: { part: 'centre', repeats: 1 } })
    const [before, after] = [slab.structure, rattle(slab.structure, 0.03, '7')].map(cartesianAngstrom)
    const lengths = slab.structure.sites.map((site, i) => ({
      free: site.mobile?.[0] ?? true,
      length: norm(subtract(after?.[i] ?? [0, 0, 0], before?.[i] ?? [0, 0, 0])),
    }))

    expect(lengths.filter(({ free }) => !free).every(({ length }) => length === 0)).toBe(true)
    for (const { free, length } of lengths) if (free) expect(length).toBeCloseTo(0.03, 9)
    expect(rattle(slab.structure, 0.03, '7')).toEqual(rattle(slab.structure, 0.03, '7'))
    expect(rattle(slab.structure, 0.03, '8')).not.toEqual(rattle(slab.structure, 0.03, '7'))
  })

  it('moves an atom alike in the pristine and in the doped slab', () => {
    const slab = paper()
    const doped = substitute(slab.structure, 'Mn-1', { element: 'B' }).structure
    const [a, b] = [rattle(slab.structure, 0.05, 'x'), rattle(doped, 0.05, 'x')]

    expect(
      a.sites.filter((site, i) => site.fractional.join() !== b.sites[i]?.fractional.join()),
    ).toHaveLength(1)
  })
})
