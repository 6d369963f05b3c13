import { beforeAll, describe, expect, it } from 'vitest'
import { loadSymmetryEngine } from '../../../src/adapters/symmetry/moyo-from-package.ts'
import { composition } from '../../../src/structure/structure.ts'
import { expandScreen } from '../../../src/workflow/expand/expand-screen.ts'
import { readScreen } from '../../../src/workflow/screen/read-screen.ts'
import { prepareStep } from '../../../src/workflow/steps/prepare-step.ts'
import { stepKindOf, type PlannedCalculation } from '../../../src/workflow/planned-calculation.ts'
import { unrelaxed } from '../../../src/workflow/steps/step-kind.ts'
import { calculationOf, candidateOf, flagshipWith, host, planOf, startOf } from './expanded.ts'

beforeAll(() => loadSymmetryEngine())

const small = ['supercell: [2, 2]', 'supercell: [1, 1]'] as const
const oneDopant = ['elements: [B, P, S, Si, Al]', 'elements: [Al]'] as const
const screenWith = (more: string) => flagshipWith(small, oneDopant, ['[pristine, B-on-Mn]', '[pristine]'], ['host:', `${more}\nhost:`])
const inputOf = (plan: ReturnType<typeof planOf>, calculation: PlannedCalculation) =>
  prepareStep(stepKindOf(calculation), calculation.settings, startOf(plan, calculation.candidateId), unrelaxed)

describe('references of a screen', () => {
  const plan = () => planOf(screenWith('references: [bulk, Li, O2, Li2O, MnO2, Al2O3]'))

  it('are relaxed with their cell and then take the static step of the screen', () => {
    const all = plan()
    const [relax, last] = [calculationOf(all, 'ref-MnO2', 'relax'), calculationOf(all, 'ref-MnO2', 'static')]

    expect(relax.settings).toMatchObject({ isif: 3, encutEv: 650, useU: true, hubbardU: { Mn: 4.5 } })
    expect(last.settings).toMatchObject({ ...calculationOf(all, 'pristine', 'static').settings, dipoleCorrection: false })
    expect(last.dependsOn).toEqual([relax.id])
    expect(relax.functional).toBe('optB86b-vdW+U')
    expect(calculationOf(all, 'ref-Li2O', 'static').functional).toBe('PBE')
  })

  it('smear lithium metal as a metal, and nothing else', () => {
    const all = plan()

    expect(inputOf(all, calculationOf(all, 'ref-Li', 'static')).incar).toMatchObject({ ISMEAR: 1, SIGMA: 0.2 })
    expect(inputOf(all, calculationOf(all, 'ref-Al2O3', 'static')).incar).toMatchObject({ ISMEAR: 0, SIGMA: 0.05 })
  })

  it('calculate O2 at Γ in its box, with 1 μB on each atom', () => {
    const all = plan()
    const relax = calculationOf(all, 'ref-O2', 'relax')

    expect(relax.kMesh).toEqual([1, 1, 1])
    expect(relax.settings.isif).toBe(2)
    expect(inputOf(all, relax).incar['MAGMOM']).toEqual([1, 1])
  })

  it('start manganese of MnO2 at the moment of Mn4+', () => {
    const manganese = startOf(plan(), 'ref-MnO2').sites.filter(({ element }) => element === 'Mn')

    expect(manganese.map((site) => site.magneticMomentMuB)).toEqual(
      startOf(plan(), 'bulk').sites.filter(({ element }) => element === 'Mn').slice(0, 2).map((site) => site.magneticMomentMuB),
    )
  })

  it('say what they are, so that tables can tell them from candidates', () => {
    expect(candidateOf(plan(), 'ref-O2')).toMatchObject({ reference: { phase: 'O2', kind: 'molecule' }, series: 'reference', formalChargeBalance: 0 })
    expect(candidateOf(plan(), 'pristine')).not.toHaveProperty('reference')
  })

  it('take a structure of their own where the screen gives a file', () => {
    const text = screenWith('references: [{ name: Mine, file: mine.cif, kind: crystal }]')
    const own = expandScreen(readScreen(text, 'screen.yaml'), host, new Map([['Mine', host]]))

    expect(Object.fromEntries(composition(startOf(own, 'ref-Mine')))).toEqual(Object.fromEntries(composition(host)))
  })

  it('are refused where nothing is known of them', () => {
    expect(() => planOf(screenWith('references: [P2O5]'))).toThrow('No structure of the reference P2O5 is at hand.')
    expect(() => planOf(screenWith('references: [Li, Li]'))).toThrow('named twice')
  })
})

describe('a correction of O2', () => {
  it('is refused with another functional than the one it was fitted for', () => {
    const more = 'chemicalPotentials: { oxygenCorrection: wang-2006 }'

    expect(() => planOf(screenWith(more))).not.toThrow()
    expect(() => planOf(screenWith(more).replace('functional: pbe', 'functional: r2scan'))).toThrow(/fitted for pbe, while energies come from r2scan/)
  })
})

describe('vacancies', () => {
  it('take the same oxygen from both faces and leave four electrons behind', () => {
    const plan = planOf(screenWith('vacancies: [{ remove: O }]'))
    const [vacant, pristine] = [startOf(plan, 'vO'), startOf(plan, 'pristine')]

    expect(composition(pristine).get('O')! - composition(vacant).get('O')!).toBe(2)
    expect(candidateOf(plan, 'vO')).toMatchObject({ vacancy: { element: 'O', count: 2 }, formalChargeBalance: 4, faces: 'both', dopant: null })
    expect(calculationOf(plan, 'vO', 'static').settings.dipoleCorrection).toBe(false)
  })

  it('on one face get a dipole correction in the static step', () => {
    const plan = planOf(screenWith('vacancies: [{ remove: O, faces: one }]'))

    expect(candidateOf(plan, 'vO')).toMatchObject({ vacancy: { count: 1 }, formalChargeBalance: 2 })
    expect(calculationOf(plan, 'vO', 'static').settings.dipoleCorrection).toBe(true)
  })
})

describe('the check of the charge grid', () => {
  it('is one more static run of the first doped candidate, half as fine again, with everything else the same', () => {
    const plan = planOf(screenWith('chargeGridCheck: true'))
    const [usual, fine] = [calculationOf(plan, 'Al-on-Mn', 'static'), calculationOf(plan, 'Al-on-Mn', 'static-fine-grid')]
    const { overrides, ...settings } = fine.settings

    expect(plan.calculations.filter(({ step }) => step === 'static-fine-grid')).toHaveLength(1)
    expect(fine.start).toEqual(usual.start)
    expect({ ...settings, overrides: {} }).toEqual(usual.settings)
    // 520 eV: a = 4.937 Å takes NGX 36 or 40 and twice that; 1.5 times as many have a spacing below 0.047 Å.
    const spacing = 4.937 / Number(overrides['NGXF'])
    expect(spacing).toBeLessThan(0.07 / 1.5)
    expect(spacing).toBeGreaterThan(0.035)
  })

  it('is not planned unless asked for, and refuses a candidate that is not there', () => {
    expect(planOf(screenWith('starts: 1')).calculations.some(({ step }) => step === 'static-fine-grid')).toBe(false)
    expect(() => planOf(screenWith('chargeGridCheck: Al-on-Mm'))).toThrow(/chargeGridCheck names the candidate Al-on-Mm/)
  })
})
