import { describe, expect, it } from 'vitest'
import type { StepResult } from '../../src/workflow/step-result.ts'
import { canContinue, judgeRun, mostAttempts } from '../../src/workflow/verdict.ts'

function run(change: Partial<StepResult>): StepResult {
  return {
    step: 'relax',
    method: 'dft',
    vaspVersion: '6.4.2',
    runState: 'interrupted',
    electronicConverged: null,
    ionicConverged: false,
    ionicStepCount: 12,
    electronicMisses: 0,
    geometryFrom: 'CONTCAR',
    structure: {
      comment: 'MgO',
      lattice: [[4.21, 0, 0], [0, 4.21, 0], [0, 0, 4.21]],
      sites: [
        { element: 'Mg', fractional: [0, 0, 0] },
        { element: 'O', fractional: [0.5, 0, 0] },
      ],
    },
    energies: { totenEv: -12, energyWithoutEntropyEv: -12, energySigmaToZeroEv: -12 },
    maxForceEvPerAngstrom: 0.2,
    momentsMuB: null,
    totalMomentMuB: null,
    zval: {},
    bader: null,
    baderMissing: null,
    settings: null,
    elapsedSeconds: null,
    diagnoses: [],
    flags: [],
    ...change,
  }
}

describe('the end of an attempt', () => {
  it('is accepted when the run finished', () => {
    expect(judgeRun(run({ runState: 'finished' }), 1)).toEqual({ kind: 'accept' })
  })

  it.each(['interrupted', 'ionic-unconverged', 'stopped'])('goes on from the last geometry when it was %s', (runState) => {
    expect(judgeRun(run({ runState }), 1).kind).toBe('continue')
  })

  it('starts again when no ionic step was finished, or no geometry was kept', () => {
    expect(judgeRun(run({ ionicStepCount: 0 }), 1).kind).toBe('repeat')
    expect(judgeRun(run({ geometryFrom: 'POSCAR' }), 1).kind).toBe('repeat')
  })

  it('never goes on from a geometry with atoms on top of each other', () => {
    const broken = run({})
    const sites = broken.structure.sites.map((site) => ({ ...site, fractional: [0.01, 0, 0] as const }))

    expect(canContinue({ ...broken, structure: { ...broken.structure, sites } })).toBe(false)
  })

  it('is a person’s affair after too many attempts that stood still, but not after as many that came forward', () => {
    expect(judgeRun(run({ ionicStepCount: 0 }), mostAttempts)).toMatchObject({ kind: 'fail', code: 'ATTEMPTS_USED_UP' })
    expect(judgeRun(run({}), mostAttempts).kind).toBe('continue')
  })

  it('is a failure when the electronic loop used up NELM, however often it was tried', () => {
    expect(judgeRun(run({ runState: 'electronic-unconverged' }), 1)).toMatchObject({ code: 'ELECTRONIC_UNCONVERGED' })
  })
})
