import { resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { screenResults, tableSettingsOf } from '../../../src/app/results/screen-results.ts'
import { loadSymmetryEngine } from '../../../src/adapters/symmetry/moyo-from-package.ts'
import { meanVoltage } from '../../../src/analysis/voltage.ts'
import { cellValue } from '../../../src/tables/cell-value.ts'
import { isMissing, type TableRow } from '../../../src/tables/result-table.ts'
import type { CandidateResult } from '../../../src/workflow/tables/candidate-result.ts'
import { energyRun } from '../../../src/workflow/tables/energy-runs.ts'
import { resultTable } from '../../../src/workflow/tables/result-tables.ts'
import { rehearsedProject, type RehearsedProject } from '../engine/rehearsed-project.ts'

const hostFile = resolve(import.meta.dirname, '../../../structures/li2mno3.cif')
const screen = `name: energies
host: { file: ${hostFile}, oxidationStates: { Li: 1, Mn: 4, O: -2 } }
slab: { millerIndex: [0, 1, 0], repeats: 2, supercell: [1, 1] }
dopants: { elements: [Si], sites: [{ replace: Mn, wyckoff: 4g, depth: surface }], oxidationStates: { Si: 4 } }
vacancies: [{ remove: O }, { remove: Li }]
references: [bulk, Li, O2, Si, Li2O, MnO2, Li2SiO3]
chemicalPotentials: { oxygenCorrection: wang-2006, stated: { dry: { Li: -1, O: -1 }, metal: { Li: 0, O: -1 } } }
chargeGridCheck: vO
method: { hubbardU: { Mn: 4.5 } }
kpoints: { spacing: 0.1 }
steps: [{ kind: static }] # nothing moves, which saves most of the time
`

let project: RehearsedProject
let candidates: readonly CandidateResult[]
beforeAll(async () => {
  loadSymmetryEngine()
  project = await rehearsedProject()
  await project.save(screen)
  await project.settle('energies')
  candidates = await screenResults(project.workspace.parts.store, 'energies', () => 'rehearsal')
}, 400_000)
afterAll(() => project.workspace.close())

function numbers(name: string, key: string, settings?: Parameters<typeof resultTable>[2]): readonly unknown[] {
  const table = resultTable(name, candidates, settings)
  const column = table.columns.find((each) => each.key === key)!
  return table.rows.map((row) => (isMissing(row[key] ?? null) ? row[key] : cellValue(column, row)))
}

function energy(row: TableRow, key: string): number {
  const value = row[key]
  if (typeof value !== 'number') throw new Error(`no ${key} at ${JSON.stringify(row['limit'])}`)
  return value
}

function energyOf(candidateId: string): number {
  return candidates.find((candidate) => candidate.candidateId === candidateId)!.static!.energySigmaToZeroEv!
}

describe('a rehearsed screen with references', () => {
  it('brings every reference to its end, O2 with two unpaired electrons', () => {
    expect(numbers('references', 'phase')).toEqual(['Li', 'O2', 'Si', 'Li2O', 'MnO2', 'Li2SiO3'])
    expect(numbers('references', 'totalMomentMuB')[1]).toBe(2)
    expect(numbers('references', 'energyPerAtomEv').every((value) => typeof value === 'number')).toBe(true)
  })

  it('gives the surface energy, and formation energies of the vacancy at every corner and at stated potentials', async () => {
    const settings = await tableSettingsOf(project.workspace.parts.store, 'energies')
    const formation = resultTable('formation', candidates, settings)
    const of = (id: string) => formation.rows.filter((row) => row['candidate'] === id).map((row) => row['formationEnergyEv'])

    expect(numbers('energies', 'surfaceEnergyJPerM2')[0]).toEqual(expect.any(Number))
    expect(of('vO').length).toBeGreaterThanOrEqual(3)
    expect(of('vO').every((value) => typeof value === 'number')).toBe(true)
    expect(formation.rows.map((row) => row['limit'])).toContain('dry')
  })

  it('changes a formation energy from one set of potentials to another by what these change for the atoms exchanged', async () => {
    const { rows } = resultTable('formation', candidates, await tableSettingsOf(project.workspace.parts.store, 'energies'))
    const exchanged = { vO: { O: -2 }, 'Si-on-Mn': { Mn: -2, Si: 2 } }
    for (const [id, counts] of Object.entries(exchanged)) {
      const [first, ...others] = rows.filter((row) => row['candidate'] === id && !['dry', 'metal'].includes(String(row['limit'])))

      expect(others.length).toBeGreaterThanOrEqual(2)
      for (const other of others) {
        const shift = Object.entries(counts).reduce((sum, [element, n]) => sum - n * (energy(other, `mu${element}Ev`) - energy(first!, `mu${element}Ev`)), 0)
        expect(energy(other, 'formationEnergyEv') - energy(first!, 'formationEnergyEv')).toBeCloseTo(shift, 6)
      }
    }
  })

  it('keeps the host in equilibrium at every set, and no phase below it', async () => {
    const settings = await tableSettingsOf(project.workspace.parts.store, 'energies')
    const { rows } = resultTable('potentials', candidates, settings)
    const host = energyOf('bulk') / 4
    const phases = { Li2O: [{ Li: 8, O: 4 }, energyOf('ref-Li2O')], MnO2: [{ Mn: 2, O: 4 }, energyOf('ref-MnO2')], O2: [{ O: 2 }, energyOf('ref-O2') + 1.36] } as const

    expect(rows.filter(({ kind }) => kind === 'limit').length).toBeGreaterThanOrEqual(3)
    for (const row of rows) expect(2 * energy(row, 'muLiEv') + energy(row, 'muMnEv') + 3 * energy(row, 'muOEv')).toBeCloseTo(host, 6)
    for (const row of rows.filter(({ kind }) => kind === 'limit')) {
      for (const [name, [counts, phaseEv]] of Object.entries(phases)) {
        const bound = Object.entries(counts).reduce((sum, [element, n]) => sum + n * energy(row, `mu${element}Ev`), 0)
        if (String(row['limit']).split(' + ').includes(name)) expect(bound).toBeCloseTo(phaseEv, 5)
        else expect(bound).toBeLessThan(phaseEv)
      }
      // Δμ of oxygen counts from the corrected molecule.
      expect(energy(row, 'muOEv') - energy(row, 'deltaMuOEv')).toBeCloseTo((energyOf('ref-O2') + 1.36) / 2, 6)
    }
  })

  it('gives a surface energy that follows from the energies of the table, and moments that add up to the total', () => {
    const pristine = candidates.find(({ candidateId }) => candidateId === 'pristine')!.static!
    const [[ax, ay], [bx, by]] = pristine.structure.lattice
    const areaAngstrom2 = Math.abs(ax * by - ay * bx)
    expect(numbers('energies', 'surfaceEnergyJPerM2')[0]).toBeCloseTo((16.0218 * (energyOf('pristine') - energyOf('bulk'))) / 2 / areaAngstrom2, 2)
    for (const { static: step } of candidates) {
      const sum = (step?.momentsMuB ?? []).reduce((total, moment) => total + moment, 0)
      expect(sum).toBeCloseTo(step?.totalMomentMuB ?? Number.NaN, 1)
    }
  })

  it('takes lithium out at the voltage that its vacancy costs beside the metal', async () => {
    const { rows } = resultTable('formation', candidates, await tableSettingsOf(project.workspace.parts.store, 'energies'))
    const row = rows.find(({ candidate, limit }) => String(candidate).startsWith('vLi') && limit === 'metal')!
    const [full, without, metal] = ['pristine', String(row['candidate']), 'ref-Li'].map((id) => energyRun(candidates.find(({ candidateId }) => candidateId === id)!)!)

    expect(energy(row, 'formationPerDefectEv')).toBeCloseTo(meanVoltage(full!, without!, metal!), 6)
  })

  it('reads levels and the potential of every slab, and compares charges with those on a finer grid', () => {
    const levels = numbers('levels', 'workFunctionAboveEv')

    expect(levels.slice(0, 2).every((value) => typeof value === 'number')).toBe(true)
    expect(numbers('levels', 'oxygenCentreOccupiedEv').every((value) => typeof value === 'number')).toBe(true)
    expect(candidates.find(({ candidateId }) => candidateId === 'vO')?.fineBader?.gridSpacingAngstrom).toBeLessThan(0.3)
    expect(numbers('charges', 'fineGridChangeE').filter((value) => typeof value === 'number')).toHaveLength(1)
  })
})
