import { describe, expect, it } from 'vitest'
import {
  assertComparable, DifferentCompositionError, dopantFormationEnergyEv, exchangedAtoms, IncomparableRunsError, relativeEnergiesEv,
  type EnergyRun,
} from '../../src/analysis/energies.ts' // prettier-ignore
import { incomparableSettings, type RunSettings } from '../../src/analysis/run-settings.ts'
import { cellParameters, latticeFromParameters, type Lattice } from '../../src/structure/lattice.ts'

const slabLattice: Lattice = [[9.874, 0, 0], [0, 10.06, 0], [0, 0, 26.58]] // prettier-ignore
const settings: RunSettings = {
  method: 'dft', step: 'static', functional: 'PBE', hubbardUEv: { Mn: 4.5 },
  potentials: { Li: 'PAW_PBE Li_sv 10Sep2004', Mn: 'PAW_PBE Mn_pv 02Aug2007', O: 'PAW_PBE O 08Apr2002' },
  ENCUT: 520, PREC: 'Accurate', LASPH: true, LREAL: 'Auto', ISMEAR: 0, SIGMA: 0.05, kMesh: [3, 3, 1], lattice: slabLattice,
} // prettier-ignore
const run = (
  id: string,
  elements: string[],
  energySigmaToZeroEv: number,
  change: Partial<RunSettings> = {},
): EnergyRun => ({
  id,
  structure: {
    comment: id,
    lattice: slabLattice,
    sites: elements.map((element) => ({ element, fractional: [0, 0, 0] })),
  },
  energySigmaToZeroEv,
  settings: { ...settings, ...change },
})

describe('energies in one formula', () => {
  it('are accepted when all that matters is the same', () => {
    expect(() => assertComparable(run('a', ['O'], -1), run('b', ['O'], -2))).not.toThrow()
  })

  it.each([
    ['another step', { step: 'relax' }, /step: static and relax/],
    ['another functional', { functional: 'optB86b-vdW' }, /functional/],
    ['another U', { hubbardUEv: { Mn: 3.9 } }, /U of Mn: 4.5 and 3.9 eV/],
    ['another potential', { potentials: { Mn: 'PAW_PBE Mn 06Sep2000' } }, /potential of Mn/],
    ['another cut-off', { ENCUT: 400 }, /ENCUT: 520 and 400/],
    ['another mesh in the same cell', { kMesh: [2, 2, 1] as const }, /3×3×1 and 2×2×1/],
    ['another smearing', { SIGMA: 0.2 }, /smearing/],
    ['a rehearsal beside a calculation', { method: 'rehearsal' }, /method/],
  ] as const)('are refused for %s', (_, change, words) => {
    expect(() => assertComparable(run('a', ['O'], -1), run('b', ['O'], -2, change))).toThrow(
      IncomparableRunsError,
    )
    expect(() => assertComparable(run('a', ['O'], -1), run('b', ['O'], -2, change))).toThrow(words)
  })

  it('may belong to cells of different size when one spacing gives both meshes', () => {
    // 2π × 0.04 Å⁻¹: 3×3×1 on the slab, 6×3×6 on the bulk.
    const bulk = latticeFromParameters({
      aAngstrom: 4.937,
      bAngstrom: 8.532,
      cAngstrom: 5.03,
      alphaDegrees: 90,
      betaDegrees: 109.46,
      gammaDegrees: 90,
    })
    expect(cellParameters(bulk).bAngstrom).toBeCloseTo(8.532, 10)

    expect(incomparableSettings(settings, { ...settings, lattice: bulk, kMesh: [6, 3, 6] })).toEqual([])
    expect(incomparableSettings(settings, { ...settings, lattice: bulk, kMesh: [2, 1, 2] })).toHaveLength(1)
  })

  it('let a metal or molecule reference have its own smearing', () => {
    expect(incomparableSettings(settings, { ...settings, ISMEAR: 1, SIGMA: 0.2, isReference: true })).toEqual(
      [],
    )
  })
})

describe('the formation energy of a dopant', () => {
  const host = run('host', ['Mn', 'Mn', 'O'], -20)
  const doped = run('doped', ['Mn', 'B', 'O'], -19)

  it('is E(doped) − E(host) + μ(removed) − μ(added)', () => {
    expect(exchangedAtoms(doped.structure, host.structure)).toEqual({ Mn: -1, B: 1 })
    expect(dopantFormationEnergyEv(doped, host, { Mn: -9, B: -7 })).toBeCloseTo(1 - 9 + 7, 12)
  })

  it('does not change when the zero of energy of an element that stays is moved', () => {
    expect(dopantFormationEnergyEv(doped, host, { Mn: -9, B: -7, O: -5 })).toBe(
      dopantFormationEnergyEv(doped, host, { Mn: -9, B: -7, O: 0 }),
    )
  })

  it('needs the chemical potential of every element exchanged', () => {
    expect(() => dopantFormationEnergyEv(doped, host, { Mn: -9 })).toThrow(/chemical potential.*B/)
  })
})

describe('the order of sites', () => {
  it('is relative to the lowest', () => {
    expect(relativeEnergiesEv([run('a', ['B', 'O'], -3), run('b', ['O', 'B'], -3.5)])).toEqual([0.5, 0])
  })

  it('is refused across compositions', () => {
    expect(() => relativeEnergiesEv([run('on Mn', ['B', 'Li'], -3), run('on Li', ['B', 'Mn'], -9)])).toThrow(
      DifferentCompositionError,
    )
  })
})
