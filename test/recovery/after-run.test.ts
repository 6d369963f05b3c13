import { describe, expect, it } from 'vitest'
import { checkAfterRun, checks } from '../../src/recovery/after-run.ts'
import type { FinishedRun } from '../../src/recovery/checks/check.ts'
import type { Structure } from '../../src/structure/structure.ts'
import {
  ionicStep,
  magnetization,
  outcarText,
  parseOutcar,
  planWith,
  reached,
  smallPlan,
  smallSlab,
  type OutcarText,
} from './evidence.ts'

async function finished(
  text: Partial<OutcarText> = {},
  more: Partial<FinishedRun> = {},
): Promise<FinishedRun> {
  return {
    planned: smallPlan,
    outcar: await parseOutcar(outcarText({ steps: [ionicStep(1), reached], ...text })),
    final: smallSlab,
    ...more,
  }
}

async function found(...parts: Parameters<typeof finished>): Promise<readonly string[]> {
  return checkAfterRun(await finished(...parts)).map(({ check }) => check)
}

function withIon(ion: number, fractional: readonly [number, number, number]): Structure {
  return {
    ...smallSlab,
    sites: smallSlab.sites.map((site, i) => (i === ion ? { ...site, fractional } : site)),
  }
}

describe('a finished run', () => {
  it('has no flag when it is what was planned', async () => {
    expect(await found()).toEqual([])
  })

  it('has names that are all different', () => {
    expect(new Set(checks.map(({ name }) => name)).size).toBe(checks.length)
  })

  it('is flagged for settings that VASP did not take from the plan', async () => {
    expect(await found({}, { planned: planWith({ ENCUT: 400 }) })).toEqual(['cutoff'])
    expect(await found({}, { planned: planWith({ LDAUU: [0, 3.9, 0] }) })).toEqual(['hubbard'])
    expect(await found({}, { planned: planWith({ GGA: 'PE' }) })).toEqual(['functional'])
  })

  it('is flagged for another mesh, dataset or order of species', async () => {
    const [a, , c] = smallPlan.potcars
    const meshOf = (points: readonly string[]) => [' Following reciprocal coordinates:', '            Coordinates               Weight', ...points, ''].join('\n')
    const reversed = { ...smallSlab, sites: [...smallSlab.sites].reverse() }

    expect(await found({ settings: meshOf(['  0.000000  0.000000  0.000000      1.000000']) })).toEqual(['mesh'])
    expect(await found({}, { planned: { ...smallPlan, potcars: [a!, { symbol: 'Mn', functional: 'PBE', element: 'Mn', zval: 7 }, c!] } })).toEqual(['potentials'])
    expect(await found({}, { planned: { ...smallPlan, structure: reversed }, final: reversed })).toContain('species')
  })

  it('is flagged for another spin state: not polarised, or a total moment that was held', async () => {
    const said = async (settings: string, planned = smallPlan) => checkAfterRun(await finished({ settings }, { planned })).map(({ says }) => says)

    expect(await said('   ISPIN  =      1    spin polarized calculation?')).toEqual(['ISPIN is 1, planned 2'])
    expect(await said('   ISPIN  =      2    spin polarized calculation?\n   NUPDOWN=      4.0000000000000000   fix difference up-down')).toEqual(['the total moment was held at 4 μB (NUPDOWN), planned free'])
    expect(await said('   ISPIN  =      2    spin polarized calculation?\n   NUPDOWN=     -1.0000000000000000   fix difference up-down')).toEqual([])
  })

  it('is flagged for another number of electrons', async () => {
    const planned = { ...smallPlan, electronCount: 41 }

    expect(await found({ settings: '   NELECT =      41.0000    total number of electrons' }, { planned })).toEqual([])
    expect(await found({ settings: '   NELECT =      40.0000    total number of electrons' }, { planned })).toEqual(['electron_count'])
  })

  it('is flagged for a molecule of oxygen that left', async () => {
    const away = { ...smallSlab, sites: smallSlab.sites.map((site, i) => (i < 3 ? site : { ...site, fractional: [0.4 + 0.25 * (i - 3), 0, 0.48] as const })) }

    const words = checkAfterRun(await finished({}, { final: away })).map(({ says }) => says)

    expect(words).toContain('oxygen left the crystal as O2: ions 4–5, bonded to each other and to no cation')
  })

  it('is flagged for forces over the criterion', async () => {
    expect(await found({ steps: [ionicStep(1, { forceEvPerAngstrom: 0.02 }), reached] })).toEqual(['forces'])
  })

  it('is not flagged for a large force that may sit on a frozen ion', async () => {
    const sites = smallSlab.sites.map((site) => ({ ...site, mobile: [true, true, false] as const }))
    const planned = { ...smallPlan, structure: { ...smallSlab, sites } }

    expect(
      await found({ steps: [ionicStep(1, { forceEvPerAngstrom: 0.02 }), reached] }, { planned }),
    ).toEqual([])
  })

  it('is flagged for another crystal or cell', async () => {
    const [a, b] = smallSlab.lattice

    expect(await found({}, { final: { ...smallSlab, sites: smallSlab.sites.slice(1) } })).toEqual([
      'composition',
    ])
    expect(await found({}, { final: { ...smallSlab, lattice: [a, b, [0, 0, 20.1]] } })).toEqual(['cell'])
    expect(
      await found(
        {},
        { planned: planWith({ ISIF: 3 }), final: { ...smallSlab, lattice: [a, b, [0, 0, 20.1]] } },
      ),
    ).toEqual([])
  })

  it('is flagged for an atom in the vacuum, which is then without bonds', async () => {
    const findings = checkAfterRun(
      await finished({}, { final: withIon(0, [0, 0, 0.6]), planned: { ...smallPlan, dopantIons: [0] } }),
    )

    expect(findings).toEqual([
      { check: 'vacuum', says: 'the vacuum shrank from 18.0 to 14.0 Å: an atom is in it' },
      { check: 'dopant_bonded', says: 'the dopant Li 1 has no neighbour within bonding distance' },
    ])
  })

  it('is flagged for spins that flipped or collapsed', async () => {
    expect(
      await found({ steps: [`${ionicStep(1)}\n${magnetization([0, 3.9, 3.8, 0, 0])}`, reached] }),
    ).toEqual(['moments_flipped'])
    expect(
      await found({ steps: [`${ionicStep(1)}\n${magnetization([0, 3.9, -0.5, 0, 0])}`, reached] }),
    ).toEqual(['moments_lost'])
  })

  it('is told in words that say what is wrong, not only in numbers', async () => {
    const said = async (...run: Parameters<typeof finished>) => checkAfterRun(await finished(...run)).map(({ says }) => says)
    const [a, b] = smallSlab.lattice
    const swapped = { ...smallSlab, sites: [...smallSlab.sites].reverse() }

    expect(await said({ steps: [`${ionicStep(1)}\n${magnetization([0, 3.9, 3.8, 0, 0])}`, reached] })).toEqual([expect.stringMatching(/^spins turned over, so another magnetic order than it was started in: Mn \d \(-?\d\.\d → -?\d\.\d μB\)$/)])
    expect(await said({ steps: [`${ionicStep(1)}\n${magnetization([0, 3.9, -0.5, 0, 0])}`, reached] })).toEqual([expect.stringMatching(/^less than half of the starting moment is left, so low spin or another charge state: Mn \d/)])
    expect(await said({ steps: [ionicStep(1, { forceEvPerAngstrom: 0.02 }), reached] })).toEqual([expect.stringMatching(/^not relaxed to the criterion: the largest force is 0\.\d+ eV\/Å, EDIFFG asks for 0\.\d+ eV\/Å$/)])
    expect(await said({}, { final: { ...smallSlab, lattice: [a, b, [0, 0, 20.1]] } })).toEqual(['the cell was to stay as planned, but a lattice vector differs by 0.100 Å'])
    expect((await said({}, { final: swapped }))[0]).toMatch(/^the atoms of \S+ stand in another order than planned$/)
    expect((await said({}, { final: { ...smallSlab, sites: smallSlab.sites.slice(1) } }))[0]).toMatch(/^the run has \S+, planned \S+$/)
  })

  it('is flagged for a jump of the energy at a restart', async () => {
    expect(await found({}, { energyBeforeRestartEv: -40.01 })).toEqual([])
    expect(await found({}, { energyBeforeRestartEv: -40.4 })).toEqual(['restart_energy'])
  })

  it('is flagged for FFT grids that VASP calls too small', async () => {
    const box =
      '|  Your FFT grids (NGX,NGY,NGZ) are not sufficient for an accurate           |\n|  calculation. The results might be wrong.      |\n --'

    expect(await found({ settings: box })).toEqual(['fft_grid'])
  })
})
