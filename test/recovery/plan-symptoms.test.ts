import { describe, expect, it } from 'vitest'
import { diagnose } from '../../src/recovery/diagnose.ts'
import type { RunEvidence } from '../../src/recovery/run-evidence.ts'
import type { Structure } from '../../src/structure/structure.ts'
import {
  ionicStep,
  magnetization,
  outcarText,
  parseOutcar,
  planWith,
  reached,
  saying,
  smallPlan,
  smallSlab,
  type OutcarText,
} from './evidence.ts'

async function run(text: OutcarText, more: Partial<RunEvidence> = {}): Promise<readonly string[]> {
  const evidence = saying('', { outcar: await parseOutcar(outcarText(text)), ...more })
  return diagnose(evidence).map(({ symptom }) => symptom)
}

const healthy = [ionicStep(1), ionicStep(2, { energyEv: -40.5 }), ionicStep(3, { energyEv: -40.6 }), reached]

describe('the kernel of the van der Waals functional', () => {
  const begun =
    '--------------------------------------- Iteration      1(   1)  ---------------------------------------'

  it('is missed by a run that never leaves its first electronic step', async () => {
    expect(await run({ steps: [begun], ends: false })).toEqual(['kernel_missing'])
    expect(await run({ steps: [begun, 'vdW kernel read from vdw_kernel.bindat'], ends: false })).toEqual([
      'interrupted',
    ])
  })

  it('is not needed as a file from VASP 6.4.3 on', async () => {
    expect(
      await run({ version: 'vasp.6.4.3 19Mar24 (build May 1 2024) complex', steps: [begun], ends: false }),
    ).toEqual(['interrupted'])
  })
})

describe('a run that is not the planned one', () => {
  const steps = healthy

  it.each([
    ['wrong_functional', planWith({ GGA: 'PE', LUSE_VDW: 'unset' })],
    ['wrong_functional', planWith({ LUSE_VDW: 'unset' })],
    ['wrong_hubbard', planWith({ LDAUU: [4.5, 0, 0], LDAUL: [2, -1, -1] })],
    ['wrong_hubbard', planWith({ LDAU: 'unset' })],
    ['wrong_cutoff', planWith({ ENCUT: 400 })],
    [
      'wrong_potential',
      {
        ...smallPlan,
        potcars: smallPlan.potcars.map((potcar) => ({ ...potcar, symbol: potcar.symbol.replace('_pv', '') })),
      },
    ],
  ])('is told: %s', async (name, planned) => {
    expect(await run({ steps }, { planned })).toEqual([name])
  })

  it('is told by the order of its species', async () => {
    const sites = [...smallSlab.sites].reverse()

    expect(await run({ steps }, { planned: { ...smallPlan, structure: { ...smallSlab, sites } } })).toEqual([
      'species_order',
    ])
  })

  const mesh = (rows: readonly string[]): string =>
    [' Following reciprocal coordinates:', '            Coordinates               Weight', ...rows, ''].join(
      '\n',
    )
  const threeByThree = mesh([
    '  0.000000  0.000000  0.000000      1.000000',
    '  0.333333  0.000000  0.000000      2.000000',
    '  0.000000  0.333333  0.000000      2.000000',
    '  0.333333  0.333333  0.000000      2.000000',
    '  0.333333 -0.333333  0.000000      2.000000',
  ])

  it('is told by its k-points', async () => {
    expect(await run({ settings: threeByThree, steps })).toEqual([])
    expect(
      await run({ settings: threeByThree, steps }, { planned: { ...smallPlan, kMesh: [2, 2, 1] } }),
    ).toEqual(['wrong_mesh'])
    expect(
      await run({ settings: threeByThree, steps }, { planned: { ...smallPlan, kMesh: [6, 3, 1] } }),
    ).toEqual(['wrong_mesh'])
  })
})

describe('what a surface and its spins do', () => {
  function moved(ion: number, fractional: readonly [number, number, number]): Structure {
    return {
      ...smallSlab,
      sites: smallSlab.sites.map((site, i) => (i === ion ? { ...site, fractional } : site)),
    }
  }

  it('labels oxygen that left as a molecule, and corrects nothing', async () => {
    const pair = moved(3, [0.5, 0.5, 0.6])
    const left = {
      ...pair,
      sites: pair.sites.map((site, i) =>
        i === 4 ? { ...site, fractional: [0.5, 0.5, 0.6605] as const } : site,
      ),
    }
    const outcar = await parseOutcar(
      outcarText({ steps: [ionicStep(1), ionicStep(2, { structure: left }), reached] }),
    )
    const [label] = diagnose(saying('', { outcar }))

    expect(label).toMatchObject({
      symptom: 'oxygen_left',
      weight: 'label',
      corrections: [],
      evidence: { says: 'O2 without cations: ions 4–5' },
    })
  })

  it('does not call a peroxide on the surface gone', async () => {
    const bound = {
      ...smallSlab,
      sites: smallSlab.sites.map((site, i) =>
        i === 4 ? { ...site, fractional: [0.26, 0, 0.3] as const } : site,
      ),
    }

    expect(await run({ steps: [ionicStep(1, { structure: bound }), reached] })).toEqual([])
  })

  it('labels a spin that turned against the others, and not a cell that turned as a whole', async () => {
    const whole = `${ionicStep(1)}\n${magnetization([0, -3.9, 3.9, 0, 0])}`
    const one = `${ionicStep(1)}\n${magnetization([0, 3.9, 3.8, 0, 0])}`

    expect(await run({ steps: [whole, reached] })).toEqual([])
    expect(await run({ steps: [one, reached] })).toEqual(['spin_flip'])
  })

  it('labels a moment that collapsed with +U', async () => {
    expect(
      await run({ steps: [`${ionicStep(1)}\n${magnetization([0, 3.9, -0.9, 0, 0])}`, reached] }),
    ).toEqual(['metastable_u'])
  })
})
