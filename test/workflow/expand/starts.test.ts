import { beforeAll, describe, expect, it } from 'vitest'
import { loadSymmetryEngine } from '../../../src/adapters/symmetry/moyo-from-package.ts'
import { neighboursOf } from '../../../src/structure/neighbours.ts'
import { startingStructure } from '../../../src/workflow/starting-structure.ts'
import { calculationOf, candidateOf, flagshipWith, planOf, startOf } from './expanded.ts'

beforeAll(() => loadSymmetryEngine())

const small = ['supercell: [2, 2]', 'supercell: [1, 1]'] as const
const onlyBoronOnMn = [
  ['[B, P, S, Si, Al]', '[B]'] as const,
  ['preset: paper', 'sites: [{ replace: Mn }]'] as const,
]
const starts = (count: number) => ['host:', `starts: ${count}\nhost:`] as const

describe('several starts of a candidate', () => {
  const plan = () => planOf(flagshipWith(small, starts(3), ...onlyBoronOnMn))

  it('are candidates of their own that name the first', () => {
    expect(plan().candidates.map(({ id, startOf: first }) => [id, first])).toEqual([
      ['pristine', undefined],
      ['pristine-s2', 'pristine'],
      ['pristine-s3', 'pristine'],
      ['B-on-Mn', undefined],
      ['B-on-Mn-s2', 'B-on-Mn'],
      ['B-on-Mn-s3', 'B-on-Mn'],
      ...['pristine', 'B-on-Mn'].flatMap((id) => [
        [`${id}-delith1`, undefined],
        [`${id}-delith1-s2`, `${id}-delith1`],
        [`${id}-delith1-s3`, `${id}-delith1`],
      ]),
    ])
  })

  it('differ in their atoms, and the first is the one that there is without further starts', () => {
    const all = ['B-on-Mn', 'B-on-Mn-s2', 'B-on-Mn-s3'].map((id) => JSON.stringify(startOf(plan(), id).sites))

    expect(new Set(all).size).toBe(3)
    expect(startOf(planOf(flagshipWith(small, ...onlyBoronOnMn)), 'B-on-Mn')).toEqual(
      startOf(plan(), 'B-on-Mn'),
    )
  })

  it('are delithiated from their own relaxed slab, each with its own rattle', () => {
    const { start, dependsOn } = calculationOf(plan(), 'B-on-Mn-delith1-s2', 'relax')

    expect(dependsOn).toEqual(['li2mno3-010/B-on-Mn-s2/relax'])
    expect(start.kind === 'relaxed' && start.seed).not.toBe('1')
  })
})

describe('magnetic orders to try', () => {
  const both = ['magneticOrder: fm', 'magneticOrder: [fm, afm-neel]'] as const

  // 12 Mn4+ of 3 μB in the 1×1 slab of three trilayers; the honeycomb of Mn is bipartite.
  it('give every candidate once for each: all up, or as many down as up', () => {
    const plan = planOf(flagshipWith(small, both))
    const total = (id: string) =>
      startOf(plan, id).sites.reduce((sum, { magneticMomentMuB = 0 }) => sum + magneticMomentMuB, 0)

    expect(total('pristine-afm-neel')).toBeCloseTo(0, 9)
    expect(total('pristine')).toBeGreaterThan(6 * 3 - 1e-9)
    expect(candidateOf(plan, 'P-on-Li-afm-neel').startOf).toBe('P-on-Li')
    expect(plan.notes.join(' ')).not.toContain('frustrated')
  })
})

describe('bond distortions', () => {
  it('scale the bonds of the dopant, on both faces alike', () => {
    const plan = planOf(
      flagshipWith(
        small,
        ...onlyBoronOnMn,
        ['seed: 1', 'seed: 1\n  bondDistortions: [-0.2]'],
        ['rattleAngstrom: 0.03', 'rattleAngstrom: 0'],
      ),
    )
    const bonds = (id: string, which: number) => {
      const structure = startOf(plan, id)
      const near = neighboursOf(structure, candidateOf(plan, id).site?.ionIndices[which] ?? -1, 2.6)
      return near
        .filter(({ index }) => structure.sites[index]?.element === 'O')
        .map(({ distanceAngstrom }) => distanceAngstrom)
    }
    const [plain, scaled, other] = [bonds('B-on-Mn', 0), bonds('B-on-Mn-d-20', 0), bonds('B-on-Mn-d-20', 1)]

    expect(scaled[0]).toBeCloseTo(0.8 * (plain[0] ?? 0), 6)
    expect(other.map((d) => d.toFixed(6))).toEqual(scaled.map((d) => d.toFixed(6)))
  })
})

describe('oxygens of a delithiated slab', () => {
  it('start with 0.6 μB where they lose a lithium neighbour, and only there', () => {
    const plan = planOf(flagshipWith())
    const parent = startOf(plan, 'pristine')
    const { start, notes } = calculationOf(plan, 'pristine-delith1', 'relax')
    if (start.kind !== 'relaxed') throw new Error('starts from a structure')
    const begun = startingStructure(parent, start)
    const bondsLost = (label: string | undefined) => {
      const near = neighboursOf(
        parent,
        parent.sites.findIndex((site) => site.label === label),
        2.6,
      )
      return near.filter(({ index }) => start.removedLabels.includes(parent.sites[index]?.label ?? '')).length
    }

    const oxygens = begun.sites.filter(({ element }) => element === 'O')
    expect(
      oxygens.every(({ label, magneticMomentMuB }) => bondsLost(label) > 0 === (magneticMomentMuB === 0.6)),
    ).toBe(true)
    expect(oxygens.filter(({ magneticMomentMuB }) => magneticMomentMuB === 0.6)).toHaveLength(32)
    expect(notes).toContain(
      '32 oxygens that lose a neighbour start at 0.6 μB, so that holes can settle there.',
    )
  })

  it('start with what the screen says, or with nothing', () => {
    const plan = planOf(
      flagshipWith(small, ['planes: 1, faces: both', 'planes: 1, faces: both, oxygenMomentMuB: 0']),
    )
    const { start } = calculationOf(plan, 'pristine-delith1', 'relax')

    expect(start.kind === 'relaxed' && start.momentsMuB).toEqual({})
  })
})
