import { describe, expect, it } from 'vitest'
import { diagnose } from '../../src/recovery/diagnose.ts'
import type { RunEvidence } from '../../src/recovery/run-evidence.ts'
import { readOszicar } from '../../src/vasp/output/oszicar.ts'
import { ionicStep, outcarText, parseOutcar, planWith, reached, saying, type OutcarText } from './evidence.ts'

async function run(text: OutcarText, more: Partial<RunEvidence> = {}): Promise<readonly string[]> {
  const evidence = saying('', { outcar: await parseOutcar(outcarText(text)), ...more })
  return diagnose(evidence).map(({ symptom }) => symptom)
}

const healthy = [ionicStep(1), ionicStep(2, { energyEv: -40.5 }), ionicStep(3, { energyEv: -40.6 }), reached]

describe('a healthy relaxation', () => {
  it('has no diagnosis', async () => {
    expect(await run({ steps: healthy })).toEqual([])
  })

  it('has none either for warnings that VASP survives', async () => {
    const warnings =
      ' WARNING in EDDRMM: call to ZHEGV failed\n WARNING: small aliasing (wrap around) errors must be expected\n BRIONS problems: POTIM should be increased\n'
    const outcar = await parseOutcar(outcarText({ steps: healthy }))

    expect(diagnose(saying(warnings, { outcar }))).toEqual([])
  })

  it('is not called dead because a scheduler speaks of time after its end', async () => {
    expect(await run({ steps: healthy }, { schedulerReason: 'TIMEOUT' })).toEqual([])
  })

  it('is not spared a message that spoils the energy', async () => {
    const outcar = await parseOutcar(outcarText({ steps: healthy }))

    expect(
      diagnose(saying(' BRMIX: very serious problems\n', { outcar })).map(({ symptom }) => symptom),
    ).toEqual(['brmix'])
  })
})

describe('an electronic loop that used up NELM', () => {
  const settings = '   EDIFF  = 0.1E-05   stopping-criterion for ELM'

  it('is seen in VASP 5 although it says that EDIFF is reached', async () => {
    expect(await run({ settings, steps: [ionicStep(1, { scf: 200, lastChange: '-0.3E-02' })] })).toContain(
      'nelm',
    )
  })

  it('is to blame, and not the mesh, for a Fermi energy that is not found while the energy changes by electronvolts', async () => {
    const warned = async (lastChange: string) => {
      const outcar = await parseOutcar(outcarText({ settings, steps: [ionicStep(1, { scf: 200, lastChange })], ends: false }))
      return diagnose(saying(" WARNING: DENTET: can't reach specified precision\n", { outcar })).map(({ symptom }) => symptom)
    }

    expect(await warned('-0.1E+04')).not.toContain('dentet')
    expect(await warned('-0.1E-02')).toContain('dentet')
  })

  it('is no miss when it converges exactly at NELM', async () => {
    expect(
      await run({ settings, steps: [ionicStep(1, { scf: 200, lastChange: '-0.3E-07' }), reached] }),
    ).toEqual([])
  })

  it('is seen in VASP 6 by its own words', async () => {
    const step = ionicStep(1, { scf: 200, lastChange: '-0.3E-02' }).replace(
      'because EDIFF is reached',
      'EDIFF was not reached (unconverged)',
    )

    expect(await run({ version: 'vasp.6.3.2 27Jun22 (build Jul 1 2022) complex', steps: [step] })).toContain(
      'nelm',
    )
  })

  it('is something else when it happens four times in a row', async () => {
    const steps = [1, 2, 3, 4].map((n) => ionicStep(n, { scf: 200, lastChange: '-0.3E-02' }))

    expect((await run({ steps }))[0]).toBe('nonconverging')
  })

  it('is not what cut a run within a loop', async () => {
    const cut = ionicStep(2, { scf: 30 }).split(' total energy-change')[0]!

    expect(await run({ steps: [ionicStep(1), cut], ends: false })).toEqual(['interrupted'])
  })
})

describe('ions that go wrong', () => {
  it('are not told from a trial step that was taken back', async () => {
    const steps = [
      ionicStep(1, { forceEvPerAngstrom: 3 }),
      ionicStep(2, { energyEv: -30, forceEvPerAngstrom: 3 }),
      ionicStep(3, { energyEv: -41, forceEvPerAngstrom: 3 }),
    ]

    expect(await run({ steps })).toEqual(['nsw_used_up'])
  })

  it('are told from a rise of the energy by more than 1 eV per atom', async () => {
    expect(
      await run({ steps: [ionicStep(1), ionicStep(2, { energyEv: -34, forceEvPerAngstrom: 3 })] }),
    ).toContain('potim')
  })

  it('are not told from a fall, which is a start far from the minimum', async () => {
    expect(await run({ steps: [ionicStep(1, { energyEv: -10 }), ionicStep(2), reached] })).toEqual([])
  })

  it('are told when NSW is used up', async () => {
    expect(
      await run({
        steps: [ionicStep(1, { forceEvPerAngstrom: 0.3 }), ionicStep(2, { forceEvPerAngstrom: 0.2 })],
      }),
    ).toEqual(['nsw_used_up'])
  })
})

describe('energies that no crystal has', () => {
  it('are positive ones', async () => {
    expect(await run({ steps: [ionicStep(1, { energyEv: 46.6 }), reached] })).toEqual(['positive_energy'])
  })

  it('are told from an OSZICAR alone', async () => {
    const oszicar = await readOszicar([
      Buffer.from(
        'RMM:   9     0.465758196272E+02   -0.80196E-06   -0.76838E-05 36129   0.499E-02\n   1 F= 0.46575820E+02 E0= 0.46575827E+02  d E =-.151240E-04  mag=    12.0000\n',
      ),
    ])

    expect(diagnose(saying('', { oszicar })).map(({ symptom }) => symptom)).toEqual(['positive_energy'])
  })

  it('get a label, no correction, when the entropy of the smearing is over 1 meV per atom', async () => {
    const [label] = diagnose(
      saying('', {
        outcar: await parseOutcar(outcarText({ steps: [ionicStep(1, { entropyEv: 0.02 }), reached] })),
      }),
    )

    expect(label).toMatchObject({ symptom: 'large_sigma', weight: 'label', corrections: [] })
    expect(label?.evidence.says).toBe('the entropy term is 4.00 meV per atom')
  })
})

describe('a metal', () => {
  it('is labelled with tetrahedra and with a mesh for insulators', () => {
    const planned = planWith({ ISMEAR: -5, KSPACING: 0.4 })

    expect(diagnose(saying('', { planned, gapEv: 0 })).map(({ symptom }) => symptom)).toEqual([
      'incorrect_smearing',
      'kspacing_metal',
    ])
  })
})

describe('the end of a job', () => {
  const cut = { steps: [ionicStep(1), ionicStep(2)], ends: false }

  it.each([
    ['TIMEOUT', 'walltime'],
    ['OUT_OF_MEMORY', 'out_of_memory'],
    ['NODE_FAIL', 'node_failure'],
    ['BOOT_FAIL', 'node_failure'],
    ['PREEMPTED', 'preempted'],
    ['CANCELLED by 1000', 'cancelled'],
    ['DEADLINE', 'walltime'],
    ['TERM_MEMLIMIT: job killed after reaching LSF memory usage limit', 'out_of_memory'],
    ['TERM_RUNLIMIT: job killed after reaching LSF run time limit', 'walltime'],
  ])('%s is %s', async (schedulerReason, name) => {
    expect(await run(cut, { schedulerReason })).toEqual([name])
  })

  it.each([
    [{ code: 140, cause: 'USR2' }, 'walltime'],
    [{ code: 152, cause: 'XCPU' }, 'walltime'],
    [{ code: 0, cause: 'walltime-stop' }, 'walltime'],
    [{ code: 0, cause: 'stopcar' }, 'stopped_by_person'],
    [{ code: 74, cause: 'copy-back' }, 'copy_back'],
    [{ code: 139, cause: 'exit' }, 'segfault'],
    [{ code: 137, cause: 'exit' }, 'process_killed'],
    [{ code: 143, cause: 'TERM' }, 'process_killed'],
    [{ code: 1, cause: 'exit' }, 'interrupted'],
  ])('%o is %s', async (jobEnd, name) => {
    expect(await run(cut, { jobEnd })).toEqual([name])
  })

  it('is a crash at the start only when VASP had not begun', async () => {
    expect(await run({ ends: false }, { jobEnd: { code: 139, cause: 'exit' } })).toEqual([
      'segfault_at_start',
    ])
  })

  it('without any file is an interruption', () => {
    expect(
      diagnose(saying('', { jobEnd: { code: 1, cause: 'exit' } })).map(({ symptom }) => symptom),
    ).toEqual(['interrupted'])
  })
})

describe('a job that is watched', () => {
  const timed = `${ionicStep(1)}\n      LOOP+:  cpu time  600.00: real time  600.00`

  it('is stopped after the ionic step when one more fits into the time, else after the electronic one', async () => {
    const outcar = await parseOutcar(outcarText({ steps: [timed], ends: false }))
    const [roomy] = diagnose(saying('', { outcar, watch: { secondsLeft: 1500 } }))
    const [tight] = diagnose(saying('', { outcar, watch: { secondsLeft: 400 } }))

    expect(roomy).toMatchObject({
      symptom: 'walltime_near',
      corrections: [{ changes: [{ kind: 'stop', how: 'LSTOP' }] }],
    })
    expect(tight?.corrections[0]?.changes).toEqual([{ kind: 'stop', how: 'LABORT' }])
  })

  it('is left alone with time to spare, and not called interrupted', async () => {
    expect(
      await run({ steps: [timed], ends: false }, { watch: { secondsLeft: 36_000, secondsSinceOutput: 60 } }),
    ).toEqual([])
  })

  it('hangs when it is silent for ten of its slowest ionic steps', async () => {
    expect(await run({ steps: [timed], ends: false }, { watch: { secondsSinceOutput: 6100 } })).toEqual([
      'frozen',
    ])
    expect(await run({ steps: [timed], ends: false }, { watch: { secondsSinceOutput: 5900 } })).toEqual([])
  })
})
