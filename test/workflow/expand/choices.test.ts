import { beforeAll, describe, expect, it } from 'vitest'
import { loadSymmetryEngine } from '../../../src/adapters/symmetry/moyo-from-package.ts'
import { isKnownError, type KnownError } from '../../../src/base/known-error.ts'
import { unrelaxed } from '../../../src/workflow/steps/step-kind.ts'
import { prepareRelax } from '../../../src/workflow/steps/relax.ts'
import { prepareStatic } from '../../../src/workflow/steps/static.ts'
import { calculationOf, candidateOf, flagshipWith, planOf, startOf } from './expanded.ts'

beforeAll(() => loadSymmetryEngine())

/** 36 atoms instead of 144: the same sites, one cell in the plane. */
const small = ['supercell: [2, 2]', 'supercell: [1, 1]'] as const
const withoutDelithiation = ['  - { of: [pristine, B-on-Mn], planes: 1, faces: both }', '  []'] as const

function complaint(text: string): KnownError {
  try {
    planOf(text)
  } catch (error) {
    if (isKnownError(error)) return error
    throw error
  }
  throw new Error('was accepted')
}

describe('dopants on one face', () => {
  const oneFace = flagshipWith(
    small,
    ['faces: both # two', 'faces: one # two'],
    ['freeze: none', 'freeze: centre'],
  )

  it('correct for the dipole in the static step only', () => {
    const plan = planOf(oneFace)
    const structure = startOf(plan, 'B-on-Mn')
    const relax = prepareRelax(calculationOf(plan, 'B-on-Mn', 'relax').settings, structure)
    const last = prepareStatic(calculationOf(plan, 'B-on-Mn', 'static').settings, structure, unrelaxed)

    expect(relax.incar.IDIPOL).toBeUndefined()
    expect([last.incar.IDIPOL, last.incar.LDIPOL]).toEqual([3, true])
    expect(candidateOf(plan, 'B-on-Mn')).toMatchObject({
      faces: 'one',
      formalChargeBalance: -1,
      electronParity: 'even',
    })
    expect(calculationOf(plan, 'pristine', 'static').settings.dipoleCorrection).toBe(false)
  })

  it('hold the centre trilayer on request, and say so', () => {
    const plan = planOf(oneFace)
    const held = startOf(plan, 'pristine').sites.filter(({ mobile }) => mobile?.every((free) => !free))

    expect(held).toHaveLength(12)
    expect(candidateOf(plan, 'pristine').frozenLayers).toBe('12 atoms in the centre')
    expect(
      held.map(({ fractional }) => Math.abs(fractional[2] - 0.5) * 26.58).every((z) => z < 4.266 / 2),
    ).toBe(true)
  })
})

describe('sites by depth', () => {
  const listed = (rule: string) =>
    flagshipWith(
      small,
      withoutDelithiation,
      ['preset: paper', `sites: [${rule}]`],
      ['[B, P, S, Si, Al]', '[Al]'],
    )

  // Depths of the three Mn and seven Li of the 1×1 slab of three trilayers, from the planes of the unrelaxed slab.
  it('are all distinct ones with `any`: three Mn at 0.10, 2.95 and 4.37 Å', () => {
    const { candidates } = planOf(listed('{ replace: Mn, depth: any }'))

    expect(candidates.slice(1).map(({ depthAngstrom }) => depthAngstrom?.toFixed(2))).toEqual([
      '0.10',
      '2.95',
      '4.37',
    ])
  })

  it('are seven for Li, five of them in the Li layer', () => {
    expect(planOf(listed('{ replace: Li, depth: any }')).candidates).toHaveLength(8)
    expect(planOf(listed('{ replace: Li, layer: Li-layer, depth: any }')).candidates).toHaveLength(6)
  })

  it('can be asked for as subsurface, centre, or a depth in Å', () => {
    const { candidates } = planOf(
      listed(
        '{ replace: Mn, depth: subsurface }, { replace: Mn, depth: centre }, { name: deep, replace: Mn, depth: 4.4 }',
      ),
    )

    expect(candidates.slice(1).map(({ id }) => id)).toContain('Al-on-Mn-subsurface')
    expect(candidates.slice(1, 3).map(({ depthAngstrom }) => depthAngstrom?.toFixed(2))).toEqual([
      '2.95',
      '4.37',
    ])
  })
})

describe('a screen that cannot be', () => {
  it.each([
    [
      'a depth without sites',
      ['preset: paper', 'sites: [{ replace: Mn, depth: 9 }]'],
      'NO_SUCH_SITE',
      /Mn 4g TM-layer at 0\.10 Å/,
    ],
    ['dopants without a rule', ['  preset: paper #', '  #'], 'NO_SITE_RULE', /dopants\.sites/],
    [
      'lithium taken out of an unknown candidate',
      ['B-on-Mn]', 'B-on-Mm]'],
      'NO_SUCH_CANDIDATE',
      /Did you mean B-on-Mn/,
    ],
    [
      'a dopant without a formal charge',
      ['elements: [B,', 'elements: [Pu,'],
      'OXIDATION_STATE_MISSING',
      /Pu: <charge>/,
    ],
    [
      'a termination that does not exist',
      ['termination: T1', 'termination: T9'],
      'NO_SUCH_TERMINATION',
      /T1/,
    ],
  ] as const)('with %s is refused with a remedy', (_, change, code, remedy) => {
    const error = complaint(flagshipWith(small, change))

    expect(error.code).toBe(code)
    expect(`${error.message} ${error.remedy}`).toMatch(remedy)
    expect(error.exitCode).toBe(2)
  })
})

describe('the size of a slab', () => {
  it('can be asked for as a thickness and a distance between images', () => {
    const plan = planOf(
      flagshipWith(
        withoutDelithiation,
        ['repeats: 3', 'minimumThicknessAngstrom: 7'],
        ['supercell: [2, 2]', 'minimumImageDistanceAngstrom: 9'],
      ),
    )

    // Two trilayers are 7.32 Å thick; 2a × 2c keeps images 9.87 Å apart.
    expect(candidateOf(plan, 'pristine')).toMatchObject({ atomCount: 96, formula: 'Li32Mn16O48' })
  })

  it('can have its bottom held', () => {
    const plan = planOf(flagshipWith(small, withoutDelithiation, ['freeze: none', 'freeze: bottom']))

    expect(candidateOf(plan, 'pristine').frozenLayers).toBe('12 atoms at the bottom')
  })
})

describe('lithium taken out of one cation layer', () => {
  // The outer plane of the Li layer is the outermost of all; the first of the TM layer lies 1.53 Å deep.
  it('leaves the other layer as it is, and one rule given twice gives one candidate', () => {
    const plan = planOf(
      flagshipWith(small, [
        withoutDelithiation[0],
        '  - { of: [pristine], layer: TM-layer }\n  - { of: [pristine], layer: TM-layer }\n  - { of: [pristine] }',
      ]),
    )
    const removed = (id: string) => {
      const { start } = calculationOf(plan, id, 'relax')
      return start.kind === 'relaxed' ? start.removedLabels : []
    }

    expect(plan.candidates.slice(-2).map(({ id }) => id)).toEqual([
      'pristine-delith1-TM-layer',
      'pristine-delith1',
    ])
    expect(removed('pristine-delith1-TM-layer')).toHaveLength(2)
    expect(
      removed('pristine-delith1-TM-layer').some((label) => removed('pristine-delith1').includes(label)),
    ).toBe(false)
  })
})
