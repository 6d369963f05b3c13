import { describe, expect, it } from 'vitest'
import type { BaderCharges } from '../../../src/analysis/charges.ts'
import { dosCurves } from '../../../src/analysis/densities-of-states.ts'
import type { RunSettings } from '../../../src/analysis/run-settings.ts'
import type { Lattice } from '../../../src/structure/lattice.ts'
import type { Structure } from '../../../src/structure/structure.ts'
import { cellValue, notesWithReasons } from '../../../src/tables/cell-value.ts'
import { isMissing, type ResultTable } from '../../../src/tables/result-table.ts'
import type { CandidateResult, CandidateStep } from '../../../src/workflow/tables/candidate-result.ts'
import { resultTable } from '../../../src/workflow/tables/result-tables.ts'
import type { TableSettings } from '../../../src/workflow/tables/table-settings.ts'
import { withUserColumns } from '../../../src/workflow/tables/user-columns.ts'

const cube: Lattice = [[5, 0, 0], [0, 5, 0], [0, 0, 5]] // prettier-ignore
const withVacuum: Lattice = [[5, 0, 0], [0, 5, 0], [0, 0, 30]] // prettier-ignore
const settings: RunSettings = {
  method: 'dft', step: 'static', functional: 'of the potentials', hubbardUEv: { Mn: 4.5 }, potentials: { O: 'PAW_PBE O 08Apr2002' },
  ENCUT: 520, PREC: 'accurate', LASPH: true, LREAL: 'false', ISMEAR: 0, SIGMA: 0.05, kMesh: [5, 5, 5], lattice: cube,
} // prettier-ignore

/** `Li4 Mn2 O6` in a cell 5 Å high. */
function cell(words: string, lattice = cube): Structure {
  const elements = words.split(' ').flatMap((word) => Array<string>(Number(/\d+$/.exec(word)?.[0] ?? 1)).fill(word.replace(/\d+$/, '')))
  return { comment: words, lattice, sites: elements.map((element, n) => ({ element, fractional: [n / elements.length, 0, ((n / elements.length) * 5) / lattice[2][2]] })) }
}

function step(structure: Structure, energySigmaToZeroEv: number, change: Partial<CandidateStep> = {}): CandidateStep {
  return { structure, energySigmaToZeroEv, isElectronicallyConverged: true, isIonicallyConverged: null, settings, ...change }
}

function candidate(candidateId: string, structure: Structure, energyEv: number, change: Partial<CandidateResult> = {}): CandidateResult {
  return {
    candidateId, series: 'pristine', dopant: null, site: null, depthAngstrom: null, compensation: 'none needed', method: 'dft',
    oxidationStates: { Li: 1, Mn: 4, O: -2 }, dopantIndices: [], flags: [], static: step(structure, energyEv), ...change,
  } // prettier-ignore
}

const reference = (phase: string, words: string, energyEv: number, change: Partial<CandidateResult> = {}) =>
  candidate(`ref-${phase}`, cell(words), energyEv, { series: 'reference', reference: { phase, kind: 'crystal' }, ...change })

/** Energies of formation in eV, elements at zero; see the tests of chemical potentials. */
const pristine = candidate('pristine', cell('Li4 Mn2 O6', withVacuum), 2 * -12.4 + 1)
const bulk = candidate('bulk', cell('Li2 Mn O3'), -12.4, { series: 'reference' })
const references = [
  reference('Li', 'Li2', 0),
  reference('O2', 'O2', 0),
  reference('Li2O', 'Li8 O4', 4 * -6.197),
  reference('MnO2', 'Mn2 O4', 2 * -5.389),
  reference('LiAlO2', 'Li4 Al4 O8', 4 * -12.32),
]
const onMn = candidate('Al-on-Mn', cell('Li4 Mn Al O6', withVacuum), -24, { dopant: 'Al', series: 'Mn', dopantIndices: [5], site: 'Mn 4g, surface' })
const onLi = candidate('Al-on-Li', cell('Li3 Al Mn2 O6', withVacuum), -26, { dopant: 'Al', series: 'Li', dopantIndices: [3], site: 'Li 4h, surface' })
const vacancy = candidate('vO', cell('Li4 Mn2 O5', withVacuum), -21, { series: 'vacancy', vacancy: { element: 'O', count: 1 } })
const all = [pristine, bulk, onMn, onLi, vacancy, ...references]

function value(table: ResultTable, candidateId: string, key: string, at?: string) {
  const row = table.rows.find((each) => each['candidate'] === candidateId && (at === undefined || each['limit'] === at))
  const column = table.columns.find((each) => each.key === key)
  if (row === undefined || column === undefined) throw new Error(`no ${key} of ${candidateId} at ${at}`)
  return isMissing(row[key] ?? null) ? (row[key] as { missing: string }).missing : cellValue(column, row)
}

describe('the table of formation energies', () => {
  it('gives each dopant at each corner of the host’s stability, with the phase that limits it', () => {
    const table = resultTable('formation', all)

    // E(Al on Mn) − E(undoped) − μ(Al) + μ(Mn) with μ(Al) = −12.32 + 6.197/2 and μ(Mn) = −12.4 + 6.197.
    const expected = -24 + 23.8 - (-12.32 + 6.197 / 2) + (-12.4 + 6.197)
    expect(value(table, 'Al-on-Mn', 'formationEnergyEv', 'O2 + Li2O')).toBeCloseTo(expected, 3)
    expect(value(table, 'Al-on-Mn', 'dopantPhase', 'O2 + Li2O')).toBe('LiAlO2')
    expect(value(table, 'Al-on-Mn', 'exchange', 'O2 + Li2O')).toBe('−1 Mn, +1 Al')
    expect(value(table, 'Al-on-Mn', 'muMnEv', 'O2 + Li2O')).toBeCloseTo(-6.203, 4)
  })

  it('ranks sites of different composition within one set of potentials', () => {
    const table = resultTable('formation', all)
    const at = 'O2 + Li2O'
    const [mn, lithium] = ['Al-on-Mn', 'Al-on-Li'].map((id) => Number(value(table, id, 'formationPerDefectEv', at)))

    // Three digits each, so that their difference may be off by one.
    expect(value(table, 'Al-on-Mn', 'rankEv', at)).toBeCloseTo(Math.max(0, mn! - lithium!), 2)
    expect(value(table, 'Al-on-Li', 'rankEv', at)).toBeCloseTo(Math.max(0, lithium! - mn!), 2)
    expect(value(table, 'vO', 'rankEv', at)).toBeNull()
  })

  it('takes an oxygen vacancy to half of O2 where O2 is in equilibrium, and higher by 0.68 eV with the corrected energy', () => {
    const corrected: TableSettings = { chemicalPotentials: { oxygenCorrection: 'wang-2006', stated: {} } }
    const [plain, raised] = [resultTable('formation', all), resultTable('formation', all, corrected)]

    expect(value(plain, 'vO', 'formationEnergyEv', 'O2 + Li2O')).toBeCloseTo(-21 + 23.8, 3)
    expect(value(raised, 'vO', 'formationEnergyEv', 'O2 + Li2O')).toBeCloseTo(-21 + 23.8 + 0.68, 3)
    expect(raised.notes.join()).toContain('Phys. Rev. B 73, 195107')
    expect(plain.notes.join()).toContain('is not corrected')
  })

  it('also gives energies at potentials that the screen states, and no others of the same dopant without a potential', () => {
    const stated: TableSettings = { chemicalPotentials: { oxygenCorrection: 'none', stated: { air: { O: -0.3 }, all: { Li: -3.2, Mn: -6, O: -0.1 }, cell: { Li: -3.2, O: -0.1 } } } }
    const table = resultTable('formation', all, stated)

    expect(value(table, 'vO', 'formationEnergyEv', 'air')).toBeCloseTo(-21 + 23.8 - 0.3, 3)
    expect(value(table, 'Al-on-Mn', 'formationEnergyEv', 'air')).toMatch(/air states no usable potential of Mn/)
    // Mn has no reference of its own, to which its potential could be relative.
    expect(value(table, 'Al-on-Mn', 'formationEnergyEv', 'all')).toMatch(/needs Mn and its own reference/)
    // Left out, it follows from the host: μ(Mn) = −12.4 + 2 × 3.2 + 3 × 0.1, and μ(Al) = −12.32 + 3.2 + 2 × 0.1 from LiAlO2.
    expect(value(table, 'Al-on-Mn', 'formationEnergyEv', 'cell')).toBeCloseTo(-24 + 23.8 + 8.92 - 5.7, 3)
  })

  it('can be used in formulas of the screen file, potentials included', async () => {
    const table = await withUserColumns(resultTable('formation', all), { relative: { formula: 'formationEnergyEv + muOEv', unit: 'eV', digits: 3 } })

    expect(value(table, 'vO', 'relative', 'O2 + Li2O')).toBeCloseTo(2.8, 3)
  })

  it('leaves cells empty with the reason: no phase of the dopant, no bulk, an unstable host, another functional', () => {
    const without = (id: string) => all.filter(({ candidateId }) => candidateId !== id)
    const dearHost = all.map((each) => (each.candidateId === 'bulk' ? candidate('bulk', cell('Li2 Mn O3'), -11, { series: 'reference' }) : each))
    const foreign = all.map((each) => (each.candidateId === 'ref-O2' ? { ...each, static: step(cell('O2'), 0, { settings: { ...settings, functional: 'GGA = MK' } }) } : each))

    expect(value(resultTable('formation', without('ref-LiAlO2')), 'Al-on-Mn', 'formationEnergyEv', 'O2 + Li2O')).toBe('no chemical potential for Al: no reference holds it')
    expect(value(resultTable('formation', without('bulk')), 'Al-on-Mn', 'formationEnergyEv')).toMatch(/add bulk to references/)
    expect(value(resultTable('formation', dearHost), 'Al-on-Mn', 'formationEnergyEv')).toMatch(/above Li2O \+ MnO2, so that it is stable nowhere/)
    const table = resultTable('formation', foreign)
    expect(table.rows.every((row) => !String(row['limit']).includes('O2 + '))).toBe(true)
    expect(notesWithReasons(table).join(' ')).toMatch(/O2 sets no limit: .*functional: GGA = MK and of the potentials/)
  })

  it('has no rows for a screen without defects', () => {
    expect(resultTable('formation', [pristine, bulk, ...references]).rows).toEqual([])
  })
})

describe('the table of chemical potentials', () => {
  const at = (table: ResultTable, limit: string) => table.rows.find((row) => row['limit'] === limit)!

  it('gives each corner in closed form, from the elements as zero', () => {
    const table = resultTable('potentials', all)

    // O2 and Li2O: μ(O) = 0, μ(Li) = −6.197/2, and Mn from Li2MnO3. O2 and MnO2: μ(Mn) = −5.389, and Li from Li2MnO3.
    expect(at(table, 'O2 + Li2O')).toMatchObject({ deltaMuLiEv: expect.closeTo(-6.197 / 2, 4) as number, deltaMuOEv: expect.closeTo(0, 4) as number, muMnEv: expect.closeTo(-12.4 + 6.197, 4) as number })
    expect(at(table, 'O2 + MnO2')).toMatchObject({ deltaMuLiEv: expect.closeTo((-12.4 + 5.389) / 2, 4) as number, muMnEv: expect.closeTo(-5.389, 4) as number })
    expect(at(table, 'O2 + Li2O')['deltaMuMnEv']).toEqual({ missing: 'there is no reference of the element Mn alone' })
    expect(at(table, 'O2 + Li2O')).toMatchObject({ phaseAl: 'LiAlO2', muAlEv: expect.closeTo(-12.32 + 6.197 / 2, 4) as number })
  })

  it('counts oxygen from the corrected molecule, so that a correction moves the other elements', () => {
    const table = resultTable('potentials', all, { chemicalPotentials: { oxygenCorrection: 'wang-2006', stated: {} } })

    expect(at(table, 'O2 + Li2O')).toMatchObject({ deltaMuOEv: expect.closeTo(0, 4) as number, muOEv: expect.closeTo(0.68, 4) as number, deltaMuLiEv: expect.closeTo((-6.197 - 0.68) / 2, 4) as number })
    expect(table.notes.join()).toContain('raised by 1.36 eV per molecule, fitted for PBE')
  })

  it('tells of a metal with the U of its compounds, and has no rows without references', () => {
    const metal = reference('Mn', 'Mn2', 1, { reference: { phase: 'Mn', kind: 'metal' } })

    for (const name of ['potentials', 'references', 'formation']) expect(resultTable(name, [...all, metal]).notes.join()).toMatch(/Mn metal carries U − J = 4.5 eV/)
    expect(resultTable('potentials', [pristine, onMn]).rows).toEqual([])
  })
})

describe('the table of energies', () => {
  it('gives the surface energy of the undoped slab only: 1 eV over two faces of 25 Å²', () => {
    const table = resultTable('energies', all)

    expect(value(table, 'pristine', 'surfaceEnergyJPerM2')).toBeCloseTo((1 / 50) * 16.0218, 3)
    expect(value(table, 'Al-on-Mn', 'surfaceEnergyJPerM2')).toBeNull()
    expect(value(table, 'vO', 'surfaceEnergyJPerM2')).toBeNull()
    expect(value(resultTable('energies', [pristine]), 'pristine', 'surfaceEnergyJPerM2')).toBe('there is no bulk among the references')
  })

  it('does not rank a slab against the crystal that it was cut from', () => {
    const same = [pristine, { ...bulk, static: step(cell('Li4 Mn2 O6'), -24.8) }]

    expect(value(resultTable('energies', same), 'pristine', 'sitePreferenceEv')).toBeNull()
  })
})

describe('the table of references', () => {
  it('tells energy, residual entropy and energy of formation per atom', () => {
    const metal = reference('Li', 'Li2', 0, { reference: { phase: 'Li', kind: 'metal' }, static: step(cell('Li2'), 0, { entropyTermEv: -0.004 }) })
    const table = resultTable('references', [pristine, ...references.filter(({ candidateId }) => candidateId !== 'ref-Li'), metal])

    expect(value(table, 'ref-Li', 'entropyPerAtomMev')).toBe(-2)
    expect(value(table, 'ref-Li2O', 'formationPerAtomEv')).toBeCloseTo(-6.197 / 3, 3)
    expect(value(table, 'ref-Li', 'formationPerAtomEv')).toBeNull()
    expect(value(table, 'ref-MnO2', 'formationPerAtomEv')).toBe('there is no reference of the element Mn alone')
    expect(table.rows).toHaveLength(5)
  })

  it('holds the phases that other tables leave out', () => {
    for (const name of ['bonds', 'charges', 'moments', 'oxygen-pairs', 'levels'])
      expect(resultTable(name, all).rows.some((row) => String(row['candidate']).startsWith('ref-'))).toBe(false)
  })
})

describe('the table of delithiation', () => {
  const half = candidate('pristine-delith1', cell('Li2 Mn2 O6', withVacuum), -16, { delithiatedFrom: 'pristine', remainingLithiumPerFormulaUnit: 1, formalHolesPerOxygen: 1 / 3 })
  const empty = candidate('pristine-delith2', cell('Mn2 O6', withVacuum), -7, { delithiatedFrom: 'pristine', remainingLithiumPerFormulaUnit: 0, formalHolesPerOxygen: 2 / 3 })

  it('goes from full to empty, with the mean voltage and that of each step', () => {
    const table = resultTable('delithiation', [...all, empty, half])

    expect(table.rows.map((row) => row['remainingLithium'])).toEqual([2, 1, 0])
    expect(value(table, 'pristine-delith1', 'voltageV')).toBeCloseTo((23.8 - 16) / 2, 3)
    expect(value(table, 'pristine-delith2', 'voltageV')).toBeCloseTo((23.8 - 7) / 4, 3)
    expect(value(table, 'pristine-delith2', 'stepVoltageV')).toBeCloseTo((16 - 7) / 2, 3)
    expect(value(table, 'pristine-delith2', 'removedLithium')).toBe(4)
  })

  it('needs lithium metal for a voltage', () => {
    const table = resultTable('delithiation', [pristine, half])

    expect(value(table, 'pristine-delith1', 'voltageV')).toBe('there is no Li metal among the references')
  })
})

describe('the table of levels', () => {
  const energies = Array.from({ length: 161 }, (_, n) => -10 + n * 0.1)
  const dos = dosCurves(energies, 0, [{ name: 'O p', spins: [energies.map((e) => (e > -4 && e < -2 ? 1 : 0))] }])
  const levels = { fermiEv: 1, gapEv: 1.5, valenceMaximumEv: 0.4, conductionMinimumEv: 1.9, isDirectGap: false, dos }
  const potential = { valuesEv: Array.from({ length: 300 }, (_, n) => (n > 80 ? 6.2 : -8)) }

  it('gives gap, band centre and work function from the static step, the levels from a step of their own where there is one', () => {
    const structure = cell('Li4 Mn2 O6', withVacuum)
    const both = { ...pristine, static: step(structure, -23.8, { electronicStructure: levels, planarPotential: potential }), dos: step(structure, -23.8, { electronicStructure: { ...levels, gapEv: 1.4 } }) }
    const table = resultTable('levels', [both])

    expect(value(table, 'pristine', 'gapEv')).toBe(1.4)
    expect(value(table, 'pristine', 'gapKind')).toBe('indirect')
    expect(value(table, 'pristine', 'oxygenCentreEv')).toBe(-3)
    expect(value(table, 'pristine', 'workFunctionAboveEv')).toBe(5.2)
    expect(value(table, 'pristine', 'valenceMaximumEv')).toBe(-0.6)
    expect(value(table, 'pristine', 'levelsFrom')).toBe('dos')
  })

  it('flags a vacuum that is not flat, and only such a one', () => {
    const structure = cell('Li4 Mn2 O6', withVacuum)
    const sloped = { valuesEv: potential.valuesEv.map((valueEv, n) => (n > 80 ? valueEv + n / 1000 : valueEv)) }
    const of = (planarPotential: { readonly valuesEv: readonly number[] }) => resultTable('levels', [{ ...pristine, static: step(structure, -23.8, { electronicStructure: levels, planarPotential }) }])

    expect(value(of(potential), 'pristine', 'flags')).toBeNull()
    expect(value(of(sloped), 'pristine', 'flags')).toMatch(/the vacuum is not flat \(0\.\d\d eV\)/)
  })

  it('says what is missing of a run without them', () => {
    const table = resultTable('levels', [pristine])

    expect(value(table, 'pristine', 'gapEv')).toBe('vasprun.xml has no densities of states')
    expect(value(table, 'pristine', 'workFunctionAboveEv')).toBe('there is no LOCPOT')
  })
})

describe('charges on a finer grid', () => {
  const bader = (shift: number, gridSpacingAngstrom: number): BaderCharges => ({
    atoms: pristine.static!.structure.sites.map((_, n) => ({ electrons: 6 + (n === 3 ? shift : 0) })),
    vacuumElectrons: 0, electronCount: 72, method: 'near-grid', program: 'dopant', hasReference: true, valenceElectrons: { Li: 3, Mn: 13, O: 6 }, gridSpacingAngstrom,
  }) // prettier-ignore

  it('stand beside the usual ones as their largest change, with a verdict in the notes', () => {
    const of = (shift: number) => resultTable('charges', [{ ...pristine, bader: bader(0, 0.066), fineBader: bader(shift, 0.044) }])

    expect(value(of(-0.004), 'pristine', 'fineGridChangeE')).toBe(0.004)
    expect(of(-0.004).notes.join()).toContain('from 0.066 to 0.044 Å no net charge changes by more than 0.0040 e; the usual grid is fine enough')
    expect(of(0.03).notes.join()).toContain('set NGXF')
    expect(value(resultTable('charges', [{ ...pristine, bader: bader(0, 0.066) }]), 'pristine', 'fineGridChangeE')).toBeNull()
  })
})

describe('a candidate whose energy means something else than that of its series', () => {
  const mark = 'static with ISYM = 0 after rhosyg, as 1 of 9 in the series: energies do not compare'
  const marked = (each: CandidateResult): CandidateResult => ({ ...each, flags: [mark], seriesMarks: [mark] })
  const flags = (table: ResultTable) => table.rows.map((row) => [row['candidate'], row['flags']])

  it('is named in every row of formation energies that it enters: as the undoped cell, or as a phase that sets potentials', () => {
    const rows = flags(resultTable('formation', [marked(pristine), bulk, onMn, vacancy, ...references]))
    const [lithium, ...others] = references

    expect(rows.length).toBeGreaterThan(2)
    expect(rows.every(([, words]) => words === `pristine: ${mark}`)).toBe(true)
    expect(flags(resultTable('formation', [pristine, bulk, onMn, marked(lithium!), ...others]))[0]).toEqual(['Al-on-Mn', `ref-Li: ${mark}`])
  })

  it('is not held against one that has the same correction, because these two compare', () => {
    const rows = flags(resultTable('formation', [marked(pristine), bulk, marked(onMn), ...references]))

    expect(rows[0]).toEqual(['Al-on-Mn', mark])
  })

  it('is named behind every voltage that is a difference to it', () => {
    const poor = candidate('pristine-x0', cell('Mn2 O6', withVacuum), -20, { delithiatedFrom: 'pristine', remainingLithiumPerFormulaUnit: 0 })

    expect(flags(resultTable('delithiation', [marked(pristine), poor, ...references]))).toEqual([['pristine', mark], ['pristine-x0', `pristine: ${mark}`]])
  })
})
