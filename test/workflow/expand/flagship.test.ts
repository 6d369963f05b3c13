import { beforeAll, describe, expect, it } from 'vitest'
import { loadSymmetryEngine } from '../../../src/adapters/symmetry/moyo-from-package.ts'
import { norm, subtract } from '../../../src/base/vector.ts'
import { toCartesian } from '../../../src/structure/lattice.ts'
import { surroundingAnions } from '../../../src/structure/dopant/off-centre.ts'
import { elementsOf, formula } from '../../../src/structure/structure.ts'
import type { Plan } from '../../../src/workflow/plan.ts'
import { calculationOf, candidateOf, flagshipText, flagshipWith, planOf, startOf } from './expanded.ts'

let plan: Plan
beforeAll(() => {
  loadSymmetryEngine()
  plan = planOf(flagshipText)
})

const dopants = ['B', 'P', 'S', 'Si', 'Al']
const doped = ['Mn', 'Li'].flatMap((site) => dopants.map((dopant) => `${dopant}-on-${site}`))

describe('the flagship screen', () => {
  it('has the pristine slab, two series of five dopants, and one delithiated pair', () => {
    expect(plan.candidates.map(({ id }) => id)).toEqual([
      'pristine',
      ...doped,
      'pristine-delith1',
      'B-on-Mn-delith1',
    ])
    expect(plan.calculations).toHaveLength(27)
  })

  it('has 144 atoms in each slab, 136 without the outermost lithium of both faces', () => {
    const counts = plan.candidates.map(({ id, atomCount }) => [id.includes('delith') ? 136 : 144, atomCount])

    expect(counts.every(([expected, found]) => expected === found)).toBe(true)
    expect(plan.calculations.map(({ kMesh }) => kMesh.join(' ')).every((mesh) => mesh === '3 3 1')).toBe(true)
  })

  // Formal charges: the dopant minus Mn4+ or Li+, times two dopants; eight Li+ fewer where lithium is taken out.
  it.each([
    ['pristine', 0],
    ['B-on-Mn', 2 * (3 - 4)],
    ['P-on-Mn', 2 * (5 - 4)],
    ['S-on-Mn', 2 * (6 - 4)],
    ['Si-on-Mn', 0],
    ['Al-on-Mn', 2 * (3 - 4)],
    ['B-on-Li', 2 * (3 - 1)],
    ['P-on-Li', 2 * (5 - 1)],
    ['S-on-Li', 2 * (6 - 1)],
    ['Si-on-Li', 2 * (4 - 1)],
    ['Al-on-Li', 2 * (3 - 1)],
    ['pristine-delith1', -8],
    ['B-on-Mn-delith1', -2 - 8],
  ])('leaves %s with a formal charge balance of %i e', (id, balance) => {
    expect(candidateOf(plan, id).formalChargeBalance).toBe(balance)
  })

  // Valence electrons of the datasets: Li_sv 3, Mn_pv 13, O 6, B 3.
  it('counts the electrons of the datasets, an even number in each slab', () => {
    expect(calculationOf(plan, 'pristine', 'relax').electronCount).toBe(48 * 3 + 24 * 13 + 72 * 6)
    expect(calculationOf(plan, 'B-on-Mn', 'static').electronCount).toBe(48 * 3 + 22 * 13 + 2 * 3 + 72 * 6)
    expect(plan.candidates.every((candidate) => candidate.electronParity === 'even')).toBe(true)
  })

  it('runs each static step after its relaxation, and each delithiation after the relaxed slab with all its lithium', () => {
    for (const { candidateId } of plan.calculations) {
      expect(calculationOf(plan, candidateId, 'static').dependsOn).toEqual([
        `li2mno3-010/${candidateId}/relax`,
      ])
    }
    expect(calculationOf(plan, 'B-on-Mn-delith1', 'relax').dependsOn).toEqual(['li2mno3-010/B-on-Mn/relax'])
    expect(doped.every((id) => calculationOf(plan, id, 'relax').dependsOn.length === 0)).toBe(true)
  })

  it('takes the same lithium out of both delithiated slabs, and says how many holes that leaves on oxygen', () => {
    const removed = ['pristine-delith1', 'B-on-Mn-delith1'].map((id) => {
      const { start } = calculationOf(plan, id, 'relax')
      return start.kind === 'relaxed' ? start.removedLabels : []
    })

    expect(removed[0]).toHaveLength(8)
    expect(removed[1]).toEqual(removed[0])
    expect(candidateOf(plan, 'pristine-delith1').delithiation?.formalHolesPerOxygen).toBeCloseTo(8 / 72, 12)
    expect(candidateOf(plan, 'B-on-Mn-delith1').delithiation?.formalHolesPerOxygen).toBeCloseTo(10 / 72, 12)
    expect(candidateOf(plan, 'pristine-delith1').delithiation?.remainingPerFormulaUnit).toBeCloseTo(
      40 / 24,
      12,
    )
  })

  // The rattle moves the pristine ion and the dopant by 0.03 Å each.
  it.each(doped)('starts %s 0.4 Å off-centre toward a face of three oxygens when the ion is small', (id) => {
    const structure = startOf(plan, id)
    const index = candidateOf(plan, id).site?.ionIndices[0] ?? -1
    const at = toCartesian(structure.lattice, structure.sites[index]?.fractional ?? [0, 0, 0])
    const site = id.endsWith('Mn') ? 'Mn' : 'Li'
    const nearest = Math.min(
      ...startOf(plan, 'pristine')
        .sites.filter(({ element }) => element === site)
        .map(({ fractional }) => norm(subtract(at, toCartesian(structure.lattice, fractional)))),
    )
    const isSmall = !id.startsWith('Al')

    expect(nearest).toBeGreaterThan(isSmall ? 0.33 : -1)
    expect(nearest).toBeLessThan(isSmall ? 0.47 : 0.07)
    if (isSmall) expect(surroundingAnions(structure, index).length).toBeGreaterThanOrEqual(3)
  })

  it.each(doped)('writes %s with its two dopants, and all other atoms, related by one inversion', (id) => {
    const { sites } = startOf(plan, id)
    const [first = -1, second = -1] = candidateOf(plan, id).site?.ionIndices ?? []
    const [a, b] = [sites[first]?.fractional ?? [0, 0, 0], sites[second]?.fractional ?? [0, 0, 0]]
    const centre = a.map((x, axis) => x + (b[axis] ?? 0))
    const images = new Set(sites.map(({ element, fractional }) => placeKey(element, fractional)))
    const missing = sites.filter(
      ({ element, fractional: [x, y, z] }) =>
        !images.has(placeKey(element, [(centre[0] ?? 0) - x, (centre[1] ?? 0) - y, (centre[2] ?? 0) - z])),
    )

    expect(missing).toEqual([])
  })

  it('writes the species as Li Mn X O', () => {
    expect(doped.map((id) => elementsOf(startOf(plan, id)).join(' '))).toEqual(
      [...dopants, ...dopants].map((dopant) => `Li Mn ${dopant} O`),
    )
    expect(formula(startOf(plan, 'B-on-Mn'))).toBe('Li48Mn22B2O72')
  })

  it('gives the same atoms again for the same seed, and others for another', () => {
    const again = planOf(flagshipText)
    const other = planOf(flagshipWith(['seed: 1', 'seed: 2']))

    expect(again).toEqual(plan)
    expect(other.candidates).toEqual(plan.candidates)
    expect(startOf(other, 'B-on-Mn').sites).not.toEqual(startOf(plan, 'B-on-Mn').sites)
  })

  it('needs no dipole correction: both faces are alike', () => {
    expect(plan.calculations.filter(({ settings }) => settings.dipoleCorrection)).toEqual([])
  })
})

/** An element at a place, to 1e-5 of the cell. */
function placeKey(element: string, fractional: readonly number[]): string {
  const whole = fractional.map((x) => ((Math.round(x * 1e5) % 1e5) + 1e5) % 1e5)
  return `${element} ${whole.join(' ')}`
}
