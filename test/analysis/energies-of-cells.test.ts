import { describe, expect, it } from 'vitest'
import { DifferentCompositionError, IncomparableRunsError, type EnergyRun } from '../../src/analysis/energies.ts'
import { CorrectionFunctionalError, correctedOxygenEv, wangCorrection } from '../../src/analysis/oxygen-correction.ts'
import type { RunSettings } from '../../src/analysis/run-settings.ts'
import { surfaceEnergyJPerM2 } from '../../src/analysis/surface-energy.ts'
import { meanVoltage } from '../../src/analysis/voltage.ts'
import type { Lattice } from '../../src/structure/lattice.ts'

const settings = (lattice: Lattice, change: Partial<RunSettings> = {}): RunSettings => ({
  step: 'static', functional: 'of the potentials', hubbardUEv: {}, potentials: { O: 'PAW_PBE O 08Apr2002' }, ENCUT: 520, PREC: 'accurate', LASPH: true,
  LREAL: 'false', ISMEAR: 0, SIGMA: 0.05, kMesh: [8, 8, 8], lattice, method: 'dft', ...change,
}) // prettier-ignore
const cube = (a: number, c = a): Lattice => [[a, 0, 0], [0, a, 0], [0, 0, c]] // prettier-ignore
const run = (id: string, elements: string, energySigmaToZeroEv: number, lattice: Lattice, change: Partial<RunSettings> = {}): EnergyRun => ({
  id,
  structure: { comment: id, lattice, sites: elements.split(' ').map((element, n) => ({ element, fractional: [0, 0, n / 100] })) },
  energySigmaToZeroEv,
  settings: settings(lattice, change),
})

describe('the energy of a surface', () => {
  const bulk = run('bulk', 'Mg O', -12, cube(3))

  it('is what two faces cost: 1 eV over 2 × 9 Å² is 0.890 J/m²', () => {
    const slab = run('slab', 'Mg O Mg O Mg O', -35, cube(3, 30), { kMesh: [8, 8, 1] })

    // 16.0218 J/m² for 1 eV/Å², by the charge of the electron.
    expect(surfaceEnergyJPerM2(slab, bulk)).toBeCloseTo((1 / 18) * 16.0218, 3)
  })

  it('is zero for the crystal itself', () => {
    expect(surfaceEnergyJPerM2(run('two', 'Mg O Mg O', -24, cube(3, 6), { kMesh: [8, 8, 4] }), bulk)).toBeCloseTo(0, 12)
  })

  it('needs a slab of the composition of the bulk and the same settings', () => {
    expect(() => surfaceEnergyJPerM2(run('slab', 'Mg O O', -20, cube(3, 30), { kMesh: [8, 8, 1] }), bulk)).toThrow(DifferentCompositionError)
    expect(() => surfaceEnergyJPerM2(run('slab', 'Mg O', -11, cube(3, 30), { kMesh: [8, 8, 1], functional: 'GGA = MK' }), bulk)).toThrow(IncomparableRunsError)
  })
})

describe('a voltage', () => {
  const metal = run('Li', 'Li Li', -3.8, cube(3.5), { isReference: true, ISMEAR: 1, SIGMA: 0.2 })

  it('is the energy that each lithium gains on its way in: 3.9 V for LiCoO2-like numbers', () => {
    const [full, empty] = [run('full', 'Li Li Co O', -30, cube(3.5)), run('empty', 'Co O', -18.4, cube(3.5))]

    expect(meanVoltage(full, empty, metal)).toBeCloseTo((-18.4 + 2 * -1.9 + 30) / 2, 12)
  })

  it('adds up: the mean over all steps, weighted by their lithium, is that of the whole', () => {
    const [full, half, empty] = [run('full', 'Li Li Li O', -30, cube(3.5)), run('half', 'Li O', -19, cube(3.5)), run('empty', 'O', -12.5, cube(3.5))]
    const [first, second] = [meanVoltage(full, half, metal), meanVoltage(half, empty, metal)]

    expect((2 * first + second) / 3).toBeCloseTo(meanVoltage(full, empty, metal), 12)
  })

  it('is refused between cells that differ in more than lithium, in any order, and across functionals', () => {
    const full = run('full', 'Li Li O O', -30, cube(3.5))

    expect(() => meanVoltage(full, run('empty', 'Li O', -19, cube(3.5)), metal)).toThrow(DifferentCompositionError)
    expect(() => meanVoltage(run('empty', 'O O', -19, cube(3.5)), full, metal)).toThrow(DifferentCompositionError)
    expect(() => meanVoltage(full, run('empty', 'O O', -19, cube(3.5), { functional: 'GGA = MK' }), metal)).toThrow(IncomparableRunsError)
  })
})

describe('the correction of O2', () => {
  it('raises the energy of PBE by 1.36 eV a molecule, whether GGA is set or left to the potentials', () => {
    expect(correctedOxygenEv(-9.86, wangCorrection, settings(cube(16)))).toBeCloseTo(-8.5, 10)
    expect(correctedOxygenEv(-9.86, wangCorrection, settings(cube(16), { functional: 'GGA = PE' }))).toBeCloseTo(-8.5, 10)
  })

  it('never touches the energy of another functional', () => {
    for (const functional of ['GGA = MK, non-local van der Waals', 'METAGGA = R2SCAN', 'of the potentials, IVDW = 12'])
      expect(() => correctedOxygenEv(-9.86, wangCorrection, settings(cube(16), { functional }))).toThrow(CorrectionFunctionalError)
    expect(() => correctedOxygenEv(-9.86, wangCorrection, settings(cube(16), { potentials: { O: 'PAW O 22Mar2012' } }))).toThrow(CorrectionFunctionalError)
  })
})
