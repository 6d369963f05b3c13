import { beforeAll, describe, expect, it } from 'vitest'
import { loadSymmetryEngine } from '../../../src/adapters/symmetry/moyo-from-package.ts'
import { isKnownError, type KnownError } from '../../../src/base/known-error.ts'
import { interstitialVoids } from '../../../src/structure/dopant/voids.ts'
import { neighboursOf } from '../../../src/structure/neighbours.ts'
import type { Structure } from '../../../src/structure/structure.ts'
import { analyseSymmetry } from '../../../src/structure/symmetry.ts'
import type { Plan } from '../../../src/workflow/plan.ts'
import { candidateOf, flagshipWith, host, planOf, startOf } from './expanded.ts'

beforeAll(() => loadSymmetryEngine())

const withoutDelithiation = ['  - { of: [pristine, B-on-Mn], planes: 1, faces: both }', '  []'] as const
const unrattled = ['rattleAngstrom: 0.03', 'rattleAngstrom: 0'] as const

function screenOf(
  elements: string,
  sites: string,
  compensation: string,
  ...more: readonly (readonly [string, string])[]
): string {
  return flagshipWith(
    withoutDelithiation,
    ['[B, P, S, Si, Al]', `[${elements}]`],
    ['preset: paper', `sites: [${sites}]`],
    ['compensation: electronic', `compensation: ${compensation}`],
    ...more,
  )
}

const ids = (plan: Plan) => plan.candidates.slice(1).map(({ id }) => id)
const balances = (plan: Plan) => plan.candidates.map(({ formalChargeBalance }) => formalChargeBalance)

function complaint(text: string): KnownError {
  try {
    planOf(text)
  } catch (error) {
    if (isKnownError(error)) return error
    throw error
  }
  throw new Error('was accepted')
}

describe('compensation', () => {
  it('by vacancies makes B3+ on Li+ neutral with two lithium fewer on each face', () => {
    const plan = planOf(
      screenOf(
        'B',
        '{ replace: Li, layer: Li-layer }',
        '[electronic, { vacancy: Li }, { vacancy: Li, place: farthest }]',
      ),
    )

    expect(ids(plan)).toEqual(['B-on-Li', 'B-on-Li-2vLi', 'B-on-Li-2vLi-far'])
    expect(balances(plan)).toEqual([0, 4, 0, 0])
    expect(candidateOf(plan, 'B-on-Li-2vLi')).toMatchObject({
      formula: 'Li42Mn24B2O72',
      compensation: '2 vacancies of Li, nearest',
    })
  })

  it('takes the lithium that is nearest to the dopant, or farthest from it on the same face', () => {
    const plan = planOf(
      screenOf(
        'Al',
        '{ replace: Li, layer: Li-layer }',
        '[{ vacancy: Li }, { vacancy: Li, place: farthest }, electronic]',
        unrattled,
      ),
    )
    const full = distancesToLithium(startOf(plan, 'Al-on-Li'))
    const near = distancesToLithium(startOf(plan, 'Al-on-Li-2vLi'))
    const far = distancesToLithium(startOf(plan, 'Al-on-Li-2vLi-far'))

    expect(near[0]).toBeCloseTo(full[2] ?? 0, 6)
    expect(far.slice(0, 2)).toEqual(full.slice(0, 2))
  })

  it('keeps both faces alike: what leaves or comes on the one does so on the other, by inversion', () => {
    const plan = planOf(screenOf('B, P', '{ replace: Mn }', '{ vacancy: Li, interstitial: Li }'))

    for (const id of ['B-on-Mn-iLi', 'P-on-Mn-vLi']) {
      const { sites } = startOf(plan, id)
      const [a, b] = (candidateOf(plan, id).site?.ionIndices ?? []).map(
        (index) => sites[index]?.fractional ?? [0, 0, 0],
      )
      const image = (x: number, axis: number) => (a?.[axis] ?? 0) + (b?.[axis] ?? 0) - x
      const lonely = sites.filter(
        ({ element, fractional }) =>
          !sites.some(
            (other) => other.element === element && isSamePlace(other.fractional, fractional.map(image)),
          ),
      )
      expect(lonely).toEqual([])
    }
    expect(balances(plan)).toEqual([0, 0, 0])
  })

  it('puts lithium into voids where the dopant brings too little charge, clear of every cation', () => {
    const structure = startOf(
      planOf(screenOf('Al', '{ replace: Mn }', '{ interstitial: Li }', unrattled)),
      'Al-on-Mn-iLi',
    )
    const shortest = Math.min(
      ...structure.sites.map((_, i) => neighboursOf(structure, i, 3)[0]?.distanceAngstrom ?? 3),
    )

    expect(structure.sites.filter(({ element }) => element === 'Li')).toHaveLength(50)
    expect(shortest).toBeGreaterThan(1.55)
  })

  it('moves nothing for a dopant of the same charge, and then names it once', () => {
    expect(
      ids(planOf(screenOf('Si', '{ replace: Mn }', '[electronic, { vacancy: Li }, oxygen-vacancy]'))),
    ).toEqual(['Si-on-Mn'])
  })

  it('takes one oxygen for two dopants that each lack one charge', () => {
    const plan = planOf(screenOf('Al', '{ replace: Mn, count: 2 }', 'oxygen-vacancy'))

    expect(plan.candidates.slice(1).every(({ formula }) => formula === 'Li48Mn20Al4O70')).toBe(true)
    expect(balances(plan)).toEqual([0, 0, 0, 0])
  })

  it.each([
    [
      'a vacancy where charge is missing',
      screenOf('B', '{ replace: Mn }', '{ vacancy: Li }'),
      'IMPOSSIBLE_COMPENSATION',
      /oxygen-vacancy/,
    ],
    [
      'an oxygen vacancy where there is too much',
      screenOf('P', '{ replace: Mn }', 'oxygen-vacancy'),
      'IMPOSSIBLE_COMPENSATION',
      /vacancy: Li/,
    ],
    [
      'half an oxygen',
      screenOf('B', '{ replace: Mn }', 'oxygen-vacancy'),
      'IMPOSSIBLE_COMPENSATION',
      /multiple of 2 e/,
    ],
    [
      'more dopants than sites',
      screenOf('B', '{ replace: Mn, count: 5 }', 'electronic'),
      'TOO_FEW_IONS',
      /larger supercell/,
    ],
    [
      'an element without charge',
      screenOf('P', '{ replace: Mn }', '{ vacancy: Pu }'),
      'OXIDATION_STATE_MISSING',
      /Pu/,
    ],
  ])('is refused for %s', (_, text, code, remedy) => {
    const error = complaint(text)

    expect(error.code).toBe(code)
    expect(error.remedy).toMatch(remedy)
  })
})

describe('dopants in voids', () => {
  // The class of tetrahedra in Li2MnO3 without a face-sharing Mn has Li at 1.72, 1.74, 1.75 and 1.75 Å.
  it('sit 1.72 Å from lithium and share no face with Mn when asked to avoid it', () => {
    const plan = planOf(
      screenOf('B', '{ interstitial: { void: tetrahedral, without: Mn } }', 'electronic', unrattled),
    )
    const structure = startOf(plan, 'B-in-tet')
    const [dopant = -1] = candidateOf(plan, 'B-in-tet').site?.ionIndices ?? []
    const near = neighboursOf(structure, dopant, 2.0)
    const around = (element: string) =>
      near.filter(({ index }) => structure.sites[index]?.element === element)

    expect(around('Mn')).toEqual([])
    expect(around('Li').map(({ distanceAngstrom }) => distanceAngstrom.toFixed(2))).toEqual([
      '1.72',
      '1.74',
      '1.75',
      '1.75',
    ])
    expect(around('O')).toHaveLength(4)
  })

  it('are neutral as B3+ with three lithium fewer', () => {
    const plan = planOf(
      screenOf(
        'B',
        '{ interstitial: { void: tetrahedral, without: Mn, remove: { element: Li } } }',
        '{ vacancy: Li }',
      ),
    )

    expect(candidateOf(plan, 'B-in-tet-2vLi')).toMatchObject({
      formula: 'Li42Mn24B2O72',
      formalChargeBalance: 0,
    })
  })

  it.each([1, 2, 3, 4])(
    'of class %i of the crystal have the same cations around them deep in the slab',
    (wanted) => {
      const crystal = interstitialVoids(host, { operations: analyseSymmetry(host).operations }).find(
        ({ voidClass }) => voidClass === wanted - 1,
      )
      const plan = planOf(
        screenOf('B', `{ interstitial: { class: ${wanted} }, depth: centre }`, 'electronic', unrattled),
      )
      const structure = startOf(plan, 'B-in-tet-centre')
      const [dopant = -1] = candidateOf(plan, 'B-in-tet-centre').site?.ionIndices ?? []

      const inSlab = neighboursOf(structure, dopant, 2.0).filter(
        ({ index }) => structure.sites[index]?.element !== 'O',
      )
      expect(
        inSlab.map(
          ({ index, distanceAngstrom }) =>
            `${structure.sites[index]?.element} ${distanceAngstrom.toFixed(3)}`,
        ),
      ).toEqual(
        crystal?.cations
          .filter(({ distanceAngstrom }) => distanceAngstrom <= 2)
          .map(({ element, distanceAngstrom }) => `${element} ${distanceAngstrom.toFixed(3)}`),
      )
    },
  )

  it('are warned about where a cation is too near', () => {
    const plan = planOf(screenOf('B', '{ interstitial: { void: trigonal } }', 'electronic'))

    expect(candidateOf(plan, 'B-in-tri').warnings.join(' ')).toMatch(
      /Li-\d+ is only 1\.2\d Å from the dopant/,
    )
  })
})

/** From the first Al to every Li on its half of the slab, Å, ascending. */
function distancesToLithium(structure: Structure): readonly number[] {
  const first = structure.sites.findIndex(
    ({ element, fractional }) => element === 'Al' && fractional[2] > 0.5,
  )
  const nearestOf = new Map<number, number>()
  for (const { index, distanceAngstrom } of neighboursOf(structure, first, 12)) {
    const site = structure.sites[index]
    if (site?.element === 'Li' && site.fractional[2] > 0.505 && !nearestOf.has(index))
      nearestOf.set(index, distanceAngstrom)
  }
  return [...nearestOf.values()]
}

function isSamePlace(a: readonly number[], b: readonly number[]): boolean {
  return a.every((x, axis) => {
    const difference = x - (b[axis] ?? 0)
    return Math.abs(difference - Math.round(difference)) < 1e-6
  })
}

describe('lithium taken out of a compensated slab', () => {
  const text = (supercell: string) =>
    flagshipWith(
      ['supercell: [2, 2]', `supercell: ${supercell}`],
      ['[B, P, S, Si, Al]', '[B]'],
      ['compensation: electronic', 'compensation: { vacancy: Li }'],
      ['preset: paper', 'sites: [{ replace: Li, layer: Li-layer }]'],
      ['B-on-Mn]', 'B-on-Li-2vLi]'],
    )

  it('is less than elsewhere where dopants and vacancies already are, and the row says so', () => {
    const plan = planOf(text('[2, 2]'))
    const candidate = candidateOf(plan, 'B-on-Li-2vLi-delith1')

    expect(candidate.delithiation?.removedCount).toBeLessThan(
      candidateOf(plan, 'pristine-delith1').delithiation?.removedCount ?? 0,
    )
    expect(candidate.warnings.join(' ')).toMatch(/of the ions to remove are dopants or vacancies here/)
    expect(candidate.compensation).toMatch(/^2 vacancies of Li, nearest; electronic: \d holes/)
  })

  it('is refused where none is left', () => {
    expect(complaint(text('[1, 1]')).code).toBe('NOTHING_TO_REMOVE')
  })
})
