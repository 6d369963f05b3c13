import { resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { screenResults, tableSettingsOf } from '../../../src/app/results/screen-results.ts'
import { loadSymmetryEngine } from '../../../src/adapters/symmetry/moyo-from-package.ts'
import { cellValue } from '../../../src/tables/cell-value.ts'
import { isMissing } from '../../../src/tables/result-table.ts'
import type { CandidateResult } from '../../../src/workflow/tables/candidate-result.ts'
import { resultTable } from '../../../src/workflow/tables/result-tables.ts'
import { rehearsedProject, type RehearsedProject } from '../engine/rehearsed-project.ts'

const hostFile = resolve(import.meta.dirname, '../../../structures/li2mno3.cif')
const screen = `name: energies
host: { file: ${hostFile}, oxidationStates: { Li: 1, Mn: 4, O: -2 } }
slab: { millerIndex: [0, 1, 0], repeats: 2, supercell: [1, 1] }
vacancies: [{ remove: O }]
references: [bulk, Li, O2, Li2O, MnO2]
chemicalPotentials: { stated: { dry: { Li: -1, O: -1 } } }
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

describe('a rehearsed screen with references', () => {
  it('brings every reference to its end, O2 with two unpaired electrons', () => {
    expect(numbers('references', 'phase')).toEqual(['Li', 'O2', 'Li2O', 'MnO2'])
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

  it('reads levels and the potential of every slab, and compares charges with those on a finer grid', () => {
    const levels = numbers('levels', 'workFunctionAboveEv')

    expect(levels.slice(0, 2).every((value) => typeof value === 'number')).toBe(true)
    expect(numbers('levels', 'oxygenCentreOccupiedEv').every((value) => typeof value === 'number')).toBe(true)
    expect(candidates.find(({ candidateId }) => candidateId === 'vO')?.fineBader?.gridSpacingAngstrom).toBeLessThan(0.3)
    expect(numbers('charges', 'fineGridChangeE').filter((value) => typeof value === 'number')).toHaveLength(1)
  })
})
