import { beforeAll, describe, expect, it } from 'vitest'
import { loadSymmetryEngine } from '../../../src/adapters/symmetry/moyo-from-package.ts'
import { templatesOf } from '../../../src/compose.ts'
import { readIncar } from '../../../src/vasp/input/incar.ts'
import { inputFiles } from '../../../src/workflow/steps/input-files.ts'
import { prepareStep } from '../../../src/workflow/steps/prepare-step.ts'
import { unrelaxed } from '../../../src/workflow/steps/step-kind.ts'
import { calculationOf, flagshipWith, planOf, startOf } from './expanded.ts'

beforeAll(() => loadSymmetryEngine())

const small = ['supercell: [2, 2]', 'supercell: [1, 1]'] as const
const fourSteps = `steps:
  - { name: pre-relax, kind: relax, functional: pbe, encutEv: 400, ediffgEvPerAngstrom: 0.05, kpoints: { spacing: 0.08 } }
  - { kind: relax }
  - { kind: static, incar: { LELF: true } }
  - { kind: dos, kpoints: { spacing: 0.02 } }
host:`

describe('a list of steps', () => {
  const plan = () => planOf(flagshipWith(small, ['host:', fourSteps]))

  it('runs one after the other', () => {
    const own = plan().calculations.filter(({ candidateId }) => candidateId === 'B-on-Mn')

    expect(own.map(({ step, kind, dependsOn }) => [step, kind, ...dependsOn])).toEqual([
      ['pre-relax', 'relax'],
      ['relax', 'relax', 'li2mno3-010/B-on-Mn/pre-relax'],
      ['static', 'static', 'li2mno3-010/B-on-Mn/relax'],
      ['dos', 'dos', 'li2mno3-010/B-on-Mn/static'],
    ])
  })

  it('takes lithium out of the last relaxation of the parent', () => {
    expect(calculationOf(plan(), 'B-on-Mn-delith1', 'pre-relax').dependsOn).toEqual([
      'li2mno3-010/B-on-Mn/relax',
    ])
  })

  it('gives each step what it says, and the rest of the screen', () => {
    const settings = (step: string) => calculationOf(plan(), 'pristine', step).settings

    expect(settings('pre-relax')).toMatchObject({ method: 'pbe', encutEv: 400, ediffgEvPerAngstrom: 0.05 })
    expect(settings('relax')).toMatchObject({
      method: 'optb86b-vdw',
      encutEv: 520,
      ediffgEvPerAngstrom: 0.01,
    })
    expect(settings('static')).toMatchObject({ method: 'pbe', overrides: { LELF: true } })
    expect(
      ['pre-relax', 'relax', 'dos'].map((step) => calculationOf(plan(), 'pristine', step).kMesh.join(' ')),
    ).toEqual(['3 3 1', '6 6 1', '11 11 1'])
  })

  it('writes a density of states that reads back as planned', async () => {
    const { settings } = calculationOf(plan(), 'pristine', 'dos')
    const templates = templatesOf('.')
    const files = await inputFiles(
      prepareStep('dos', settings, startOfPristine(), unrelaxed),
      (name, values) => templates.render(name, values),
    )
    const { incar } = readIncar(files.find(({ path }) => path === 'INCAR')?.content ?? '')

    expect(incar).toMatchObject({ NSW: 0, LORBIT: 11, NEDOS: 3001, LCHARG: false })
    expect(incar.LAECHG).toBeUndefined()
  })

  function startOfPristine() {
    const { start } = calculationOf(plan(), 'pristine', 'pre-relax')
    return start.kind === 'structure' ? start.structure : startOf(plan(), 'pristine')
  }
})

describe('an explicit mesh', () => {
  it('is taken as it is', () => {
    const plan = planOf(
      flagshipWith(small, ['{ spacing: 0.04, unit: 2pi/A, rounding: ceil }', '{ mesh: [5, 4, 1] }']),
    )

    expect(calculationOf(plan, 'B-on-Mn', 'static').kMesh).toEqual([5, 4, 1])
    expect(plan.notes).toContain('k-points 5 × 4 × 1 in every cell, as the screen says.')
  })
})

describe('a convergence test', () => {
  const tests =
    'converge: { encutEv: [400, 520, 650], kpoints: [0.03, 0.04], repeats: [2, 3, 4], vacuumAngstrom: [15, 20] }\nhost:'
  const plan = planOfTests

  it('is one line that repeats the pristine slab for every value that is not its own', () => {
    const points = plan().candidates.filter(({ convergence }) => convergence !== undefined)

    expect(points.map(({ id }) => id)).toEqual(
      ['encut400', 'encut650', 'k0.03', 'n2', 'n4', 'vac20'].map((value) => `pristine-${value}`),
    )
    expect(points.map(({ atomCount }) => atomCount)).toEqual([36, 36, 36, 24, 48, 36])
  })

  it('changes one thing at a time', () => {
    const at = (id: string) => calculationOf(plan(), id, 'relax')

    expect([
      at('pristine').settings.encutEv,
      at('pristine-encut650').settings.encutEv,
      at('pristine-n4').settings.encutEv,
    ]).toEqual([520, 650, 520])
    expect(at('pristine-k0.03').kMesh).toEqual([8, 8, 1])
    expect(startOf(plan(), 'pristine-encut400').sites).toEqual(startOf(plan(), 'pristine').sites)
    expect(heightAngstrom('pristine-vac20') - heightAngstrom('pristine')).toBeCloseTo(5, 9)
  })

  it('can be asked for other candidates, also delithiated ones with all that they start from', () => {
    const { calculations } = planOf(
      flagshipWith(small, ['host:', 'converge: { of: [pristine-delith1], encutEv: [650] }\nhost:']),
    )

    expect(calculations.find(({ id }) => id.endsWith('pristine-delith1-encut650/relax'))?.dependsOn).toEqual([
      'li2mno3-010/pristine-encut650/relax',
    ])
  })

  it('of an unknown candidate is refused with the right name', () => {
    expect(() =>
      planOf(flagshipWith(small, ['host:', 'converge: { of: [pristin], encutEv: [650] }\nhost:'])),
    ).toThrow(/converge names the candidate pristin/)
  })

  function planOfTests() {
    return planOf(flagshipWith(small, ['host:', tests]))
  }

  function heightAngstrom(id: string): number {
    return startOf(plan(), id).lattice[2][2]
  }
})
