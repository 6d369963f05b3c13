import { describe, expect, it } from 'vitest'
import type { BaderCharges } from '../../../src/analysis/charges.ts'
import type { RunSettings } from '../../../src/analysis/run-settings.ts'
import { cellValue } from '../../../src/tables/cell-value.ts'
import { isMissing, type ResultTable } from '../../../src/tables/result-table.ts'
import { exporters } from '../../../src/tables/exporters.ts'
import type { Lattice } from '../../../src/structure/lattice.ts'
import type { Structure } from '../../../src/structure/structure.ts'
import type { CandidateResult, CandidateStep } from '../../../src/workflow/tables/candidate-result.ts'
import { resultTable, resultTables, UnknownTableError } from '../../../src/workflow/tables/result-tables.ts'

const box: Lattice = [[14, 0, 0], [0, 14, 0], [0, 0, 14]] // prettier-ignore
const at = (element: string, x: number, y: number, z: number) => ({
  element,
  fractional: [x / 14, y / 14, z / 14] as const,
})

/** A regular MnO6 with 1.90 Å, a planar BO3 with 1.37 Å (or nothing) and two Li, far apart in a box. */
function cell(boron: number | null): Structure {
  const octahedron = [[1.9, 0, 0], [-1.9, 0, 0], [0, 1.9, 0], [0, -1.9, 0], [0, 0, 1.9], [0, 0, -1.9]] // prettier-ignore
  const triangle = [0, 120, 240].map((degrees) => (degrees * Math.PI) / 180)
  return {
    comment: 'test',
    lattice: box,
    sites: [
      at('Li', 0, 7, 0), at('Li', 7, 0, 0), at('Mn', 3, 3, 3),
      ...octahedron.map(([x, y, z]) => at('O', 3 + x!, 3 + y!, 3 + z!)),
      ...triangle.map((a) => at('O', 10 + (boron ?? 1.37) * Math.cos(a), 10 + (boron ?? 1.37) * Math.sin(a), 10)),
      ...(boron === null ? [] : [at('B', 10, 10, 10)]),
    ],
  } // prettier-ignore
}

const settings: RunSettings = {
  method: 'dft', step: 'static', functional: 'PBE', hubbardUEv: { Mn: 4.5 }, potentials: { Mn: 'PAW_PBE Mn_pv 02Aug2007' },
  ENCUT: 520, PREC: 'Accurate', LASPH: true, LREAL: 'Auto', ISMEAR: 0, SIGMA: 0.05, kMesh: [3, 3, 1], lattice: box,
} // prettier-ignore

function step(
  structure: Structure,
  energySigmaToZeroEv: number,
  change: Partial<CandidateStep> = {},
): CandidateStep {
  const momentsMuB = structure.sites.map(({ element }) => (element === 'Mn' ? 3.1 : 0))
  return {
    structure, energySigmaToZeroEv, momentsMuB, totalMomentMuB: 3.1, maxForceEvPerAngstrom: 0.008,
    isElectronicallyConverged: true, isIonicallyConverged: true, settings, ...change,
  } // prettier-ignore
}

function charges(structure: Structure, change: Partial<BaderCharges> = {}): BaderCharges {
  const population: Record<string, number> = { Li: 2.1, Mn: 11.2, O: 7.2, B: 0.8 }
  const atoms = structure.sites.map(({ element }) => ({ electrons: population[element]! }))
  const electronCount = atoms.reduce((sum, atom) => sum + atom.electrons, 0)
  return {
    atoms, electronCount, vacuumElectrons: 0, method: 'near-grid', program: 'dopant', hasReference: true,
    valenceElectrons: { Li: 3, Mn: 13, O: 6, B: 3 }, gridSpacingAngstrom: 0.06, ...change,
  } // prettier-ignore
}

function candidate(
  candidateId: string,
  structure: Structure,
  change: Partial<CandidateResult> = {},
): CandidateResult {
  const boron = structure.sites.findIndex(({ element }) => element === 'B')
  return {
    candidateId, series: boron < 0 ? 'pristine' : 'Mn', dopant: boron < 0 ? null : 'B', site: boron < 0 ? null : 'Mn 4g, Mn layer',
    depthAngstrom: null, compensation: 'none', method: 'dft', oxidationStates: { Li: 1, Mn: 4, O: -2, B: 3 },
    dopantIndices: boron < 0 ? [] : [boron], flags: [],
    relaxed: step(structure, -100), static: step(structure, -110), bader: charges(structure), ...change,
  } // prettier-ignore
}

const pristine = candidate('pristine', cell(null))
const doped = candidate('b-on-mn1', cell(1.37), { initial: cell(1.4) })

function value(table: ResultTable, row: number, key: string) {
  const column = table.columns.find((each) => each.key === key)
  if (column === undefined) throw new Error(`no column ${key}`)
  return cellValue(column, table.rows[row]!)
}

function reason(table: ResultTable, row: number, key: string): string | undefined {
  const found = table.rows[row]![key] ?? null
  return isMissing(found) ? found.missing : undefined
}

describe('the bond table', () => {
  it('lists the dopant’s bonds with coordination, individual lengths and the cut-off', () => {
    const table = resultTable('bonds', [pristine, doped])

    expect(value(table, 1, 'bond')).toBe('B–O')
    expect(value(table, 1, 'coordination')).toBe('3')
    expect(value(table, 1, 'meanAngstrom')).toBe(1.37)
    expect(value(table, 1, 'lengthsAngstrom')).toBe('1.370 1.370 1.370')
    expect(value(table, 1, 'rule')).toBe('B–O ≤ 2.16 Å (valence ≥ 0.04 z, z = 3)')
    expect(value(table, 1, 'bondValenceSum')).toBeCloseTo(3, 1)
    expect(value(table, 1, 'relaxationChangeAngstrom')).toBe(-0.03)
    expect(value(table, 1, 'hostCationMeanAngstrom')).toBe(1.9)
    expect(value(table, 1, 'hostCationChangeAngstrom')).toBe(0)
  })

  it('describes the undoped slab by its Mn', () => {
    const table = resultTable('bonds', [pristine, doped])

    expect(value(table, 0, 'bond')).toBe('Mn–O')
    expect(value(table, 0, 'coordination')).toBe('6')
    expect(value(table, 0, 'meanAngstrom')).toBe(1.9)
  })

  it('sets the paper’s value and the coordination it implies beside a calculation, with the deviation', () => {
    const table = resultTable('bonds', [doped])

    expect(value(table, 0, 'paperMeanAngstrom')).toBe(1.28)
    expect(value(table, 0, 'paperImpliedCoordination')).toBe(2.3)
    expect(value(table, 0, 'deviationAngstrom')).toBe(0.09)
    expect(table.notes.join(' ')).toContain('different coordinations')
  })

  it('shows no deviation for a rehearsal and says that it is none', () => {
    const table = resultTable('bonds', [{ ...doped, method: 'rehearsal' }])

    expect(value(table, 0, 'method')).toBe('rehearsal')
    expect(value(table, 0, 'deviationAngstrom')).toBeNull()
    expect(table.notes[0]).toMatch(/not from a DFT calculation/)
  })

  it('averages over the dopants of both faces and keeps their lengths apart', () => {
    const both = cell(1.37)
    const twin: Structure = { ...both, sites: [...both.sites, at('B', 10, 10, 3), ...[0, 120, 240].map((d) => at('O', 10 + 1.41 * Math.cos((d * Math.PI) / 180), 10 + 1.41 * Math.sin((d * Math.PI) / 180), 3))] } // prettier-ignore
    const indices = twin.sites.flatMap(({ element }, index) => (element === 'B' ? [index] : []))

    const table = resultTable('bonds', [candidate('two', twin, { dopantIndices: indices })])

    expect(value(table, 0, 'atomCount')).toBe(2)
    expect(value(table, 0, 'meanAngstrom')).toBe(1.39)
    expect(value(table, 0, 'lengthsAngstrom')).toBe('1.370 1.370 1.370 | 1.410 1.410 1.410')
  })

  it('keeps the row of a candidate without results and says what it waits for', () => {
    const { relaxed: _, static: __, bader: ___, ...waiting } = doped
    const table = resultTable('bonds', [{ ...waiting, pending: 'the relaxation is queued' }])

    expect(value(table, 0, 'candidate')).toBe('b-on-mn1')
    expect(reason(table, 0, 'meanAngstrom')).toBe('the relaxation is queued')
  })
})

describe('the charge table', () => {
  it('gives net charges by role and their difference to the undoped slab', () => {
    const table = resultTable('charges', [pristine, doped])

    expect(value(table, 1, 'dopantChargeE')).toBe(2.2)
    expect(value(table, 1, 'neighbourOxygenChargeE')).toBe(-1.2)
    expect(value(table, 1, 'hostCationChargeE')).toBe(1.8)
    expect(value(table, 1, 'lithiumChargeE')).toBe(0.9)
    expect(value(table, 1, 'hostCationChangeE')).toBe(0)
    expect(value(table, 0, 'hostCationChangeE')).toBeNull()
    expect(value(table, 0, 'dopantChargeE')).toBeNull()
    expect(value(table, 1, 'checks')).toBe('ok')
  })

  it('says the sign and formula of a net charge in its title', () => {
    expect(resultTable('charges', []).title).toContain('q = ZVAL − N(Bader)')
  })

  it('leaves the dopant empty, with the reason, when there was no reference density', () => {
    const table = resultTable('charges', [
      pristine,
      { ...doped, bader: charges(cell(1.37), { hasReference: false }) },
    ])

    expect(value(table, 1, 'dopantChargeE')).toBeNull()
    expect(reason(table, 1, 'dopantChargeE')).toContain('no reference density')
    expect(value(table, 1, 'hostCationChargeE')).toBe(1.8)
    expect(value(table, 1, 'checks')).toContain('no reference density')
  })

  it('never compares a calculation with a rehearsal', () => {
    const table = resultTable('charges', [{ ...pristine, method: 'rehearsal' }, doped])

    expect(reason(table, 1, 'hostCationChangeE')).toBe('the undoped slab has no charges')
  })
})

describe('the table of energies', () => {
  it('orders sites of one composition', () => {
    const other = candidate('b-on-mn2', cell(1.37), { static: step(cell(1.37), -109.5) })
    const table = resultTable('energies', [pristine, doped, other])

    expect(value(table, 0, 'sitePreferenceEv')).toBeNull()
    expect(value(table, 1, 'sitePreferenceEv')).toBe(0)
    expect(value(table, 2, 'sitePreferenceEv')).toBe(0.5)
  })

  it('refuses to order runs with different settings, and says which', () => {
    const other = candidate('b-on-mn2', cell(1.37), {
      static: step(cell(1.37), -109.5, { settings: { ...settings, ENCUT: 400 } }),
    })
    const table = resultTable('energies', [doped, other])

    expect(reason(table, 0, 'sitePreferenceEv')).toContain('ENCUT: 520 and 400')
  })

  it('shows no energy of electrons that did not converge', () => {
    const table = resultTable('energies', [
      { ...doped, static: step(cell(1.37), -1, { isElectronicallyConverged: false }) },
    ])

    expect(reason(table, 0, 'staticEnergyEv')).toContain('did not converge')
  })
})

describe('the other tables', () => {
  it('name a dimer by its class with moment and charge', () => {
    const close = cell(null)
    const dimer: Structure = { ...close, sites: [...close.sites, at('O', 7, 7, 7), at('O', 8.21, 7, 7)] }
    const moments = dimer.sites.map((_, index) => (index >= close.sites.length ? 1 : 0))

    const table = resultTable('oxygen-pairs', [
      candidate('delithiated', dimer, {
        static: step(dimer, -1, { momentsMuB: moments }),
        formalHolesPerOxygen: 0.5,
      }),
    ])

    expect(value(table, 0, 'class')).toBe('O2-like')
    expect(value(table, 0, 'momentMuB')).toBe(2)
    expect(value(table, 0, 'netChargeE')).toBe(-2.4)
    expect(value(table, 0, 'formalHolesPerOxygen')).toBe(0.5)
  })

  it('keep a row for a candidate without dimers', () => {
    const table = resultTable('oxygen-pairs', [pristine])

    expect(value(table, 0, 'class')).toBe('none')
    expect(value(table, 0, 'distanceAngstrom')).toBeGreaterThan(2.3)
  })

  it('read Mn states from moments and name ions whose moment changed', () => {
    const turned = step(cell(1.37), -110, {
      momentsMuB: cell(1.37).sites.map(({ element }) => (element === 'Mn' ? 3.9 : 0)),
    })
    const table = resultTable('moments', [pristine, { ...doped, static: turned }])

    expect(value(table, 0, 'hostCationStates')).toBe('Mn4+ × 1')
    expect(value(table, 0, 'changedIons')).toBe('none')
    expect(value(table, 1, 'hostCationStates')).toBe('Mn3+ × 1')
    expect(value(table, 1, 'changedIons')).toBe('Mn3')
  })

  it('all have stable keys, unique within the table, and every row fills only known columns', () => {
    for (const make of Object.values(resultTables)) {
      const table = make([pristine, doped])
      const keys = table.columns.map((column) => column.key)
      expect(new Set(keys).size).toBe(keys.length)
      for (const row of table.rows) expect(Object.keys(row).filter((key) => !keys.includes(key))).toEqual([])
      for (const key of keys) expect(key).toMatch(/^[a-zA-Z]\w*$/)
    }
  })

  it('all render in every format, also without candidates', () => {
    const again = { ...doped, candidateId: `${doped.candidateId}-s2`, startOf: doped.candidateId }
    const withoutDopants = ['references', 'potentials', 'delithiation', 'convergence']
    for (const [name, make] of Object.entries(resultTables))
      for (const exporter of exporters) {
        const text = String(exporter.render(make([pristine, doped, again])))
        expect(text.includes('b-on-mn1')).toBe(!withoutDopants.includes(name))
        expect(exporter.render(make([]))).toBeTruthy()
      }
  })

  it('are found by name', () => {
    expect(() => resultTable('bond', [])).toThrow(UnknownTableError)
    expect(() => resultTable('constructor', [])).toThrow(UnknownTableError)
  })
})
