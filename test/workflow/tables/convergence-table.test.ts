import { describe, expect, it } from 'vitest'
import type { RunSettings } from '../../../src/analysis/run-settings.ts'
import { convergenceTestFigures } from '../../../src/app/report/figures/convergence-test-figure.ts'
import type { Structure } from '../../../src/structure/structure.ts'
import type { CandidateResult } from '../../../src/workflow/tables/candidate-result.ts'
import { resultTable } from '../../../src/workflow/tables/result-tables.ts'
import type { TableSettings } from '../../../src/workflow/tables/table-settings.ts'

/** MgO at 4.21 Å, 8 atoms. */
const faces = [[0, 0, 0], [0, 0.5, 0.5], [0.5, 0, 0.5], [0.5, 0.5, 0]] as const // prettier-ignore
const structure: Structure = {
  comment: 'MgO',
  lattice: [[4.21, 0, 0], [0, 4.21, 0], [0, 0, 4.21]],
  sites: [...faces.map((fractional) => ({ element: 'Mg', fractional })), ...faces.map(([x, y, z]) => ({ element: 'O', fractional: [(x + 0.5) % 1, y, z] as const }))],
} // prettier-ignore
const settings: RunSettings = {
  method: 'dft', step: 'static', functional: 'of the potentials', hubbardUEv: {}, potentials: { O: 'PAW_PBE O 08Apr2002' },
  ENCUT: 520, PREC: 'accurate', LASPH: true, LREAL: 'false', ISMEAR: 0, SIGMA: 0.05, kMesh: [6, 6, 6], lattice: structure.lattice,
} // prettier-ignore

function candidate(candidateId: string, energyEv: number, change: Partial<RunSettings> = {}, convergence?: CandidateResult['convergence']): CandidateResult {
  return {
    candidateId, series: 'pristine', dopant: null, site: null, depthAngstrom: null, compensation: 'none needed', method: 'dft', oxidationStates: { Mg: 2, O: -2 },
    dopantIndices: [], flags: [], ...(convergence === undefined ? {} : { convergence }),
    static: { structure, energySigmaToZeroEv: energyEv, isElectronicallyConverged: true, isIonicallyConverged: null, settings: { ...settings, ...change } },
  } // prettier-ignore
}

const own: TableSettings = { chemicalPotentials: { oxygenCorrection: 'none', stated: {} }, method: { encutEv: 520 }, kpoints: { spacing: 0.04, unit: '2pi/A' } }
const pristine = candidate('pristine', -48.0)
const encut = (value: number, energyEv: number, change: Partial<RunSettings> = {}) => candidate(`pristine-encut${value}`, energyEv, { ENCUT: value, ...change }, { parameter: 'encutEv', value })
const spacing = (value: number, energyEv: number, n: number) => candidate(`pristine-k${value}`, energyEv, { kMesh: [n, n, n] }, { parameter: 'kpoints', value })
const all = [pristine, encut(650, -48.004), encut(400, -47.92), spacing(0.06, -47.96, 4), spacing(0.03, -48.0004, 8)]

describe('the table of convergence tests', () => {
  const { rows } = resultTable('convergence', all, own)

  it('goes from coarse to fine with the screen’s own value in its place, a spacing downwards', () => {
    expect(rows.map((row) => [row['parameter'], row['value'], row['isOwn']])).toEqual([
      ['ENCUT (eV)', 400, null], ['ENCUT (eV)', 520, 'own'], ['ENCUT (eV)', 650, null],
      ['k spacing (2π/Å)', 0.06, null], ['k spacing (2π/Å)', 0.04, 'own'], ['k spacing (2π/Å)', 0.03, null],
    ]) // prettier-ignore
    expect(rows.map((row) => row['of'])).toEqual(Array.from({ length: 6 }, () => 'pristine'))
  })

  it('counts energies per atom from the finest value of each parameter, although settings differ', () => {
    expect(rows.slice(0, 3).map((row) => row['energyChangeMev'])).toEqual([84, 4, 0].map((meV) => expect.closeTo(meV / 8, 6) as number))
    expect(rows.slice(3).map((row) => row['energyChangeMev'])).toEqual([40.4, 0.4, 0].map((meV) => expect.closeTo(meV / 8, 6) as number))
    expect(rows[4]).toMatchObject({ kMesh: '6 × 6 × 6', atoms: 8 })
  })

  it('still refuses energies of another functional, and says what has not ended', () => {
    const other = encut(700, -50, { functional: 'GGA = MK' })
    const { static: _, ...pending } = encut(800, 0)
    const table = resultTable('convergence', [pristine, encut(400, -47.92), other, { ...pending, pending: 'the static step is queued' }], own)

    expect(table.rows.map((row) => row['energyChangeMev'])).toEqual([
      { missing: expect.stringContaining('functional') as string },
      { missing: expect.stringContaining('functional') as string },
      expect.closeTo(0, 9) as number,
      { missing: 'the static step is queued' },
    ])
  })

  it('is drawn with one column for each parameter, the own values ringed', () => {
    const [figure] = convergenceTestFigures(resultTable('convergence', all, own))
    const svg = figure!.svg('light')

    expect(svg).toContain('ENCUT (eV)')
    expect(svg).toContain('k spacing (2π/Å)')
    // Energies of two parameters; the rings of the legend are smaller.
    expect(svg.match(/<circle[^>]*r="4(\.00)?"[^>]*fill="none"/g)).toHaveLength(2)
    expect(svg).not.toContain('REHEARSAL')
    expect(convergenceTestFigures(resultTable('convergence', [pristine], own))).toEqual([])
  })
})
