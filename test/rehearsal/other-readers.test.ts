import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { createOutcarReader } from '../../src/vasp/output/outcar/read-outcar.ts'
import type { Structure } from '../../src/structure/structure.ts'
import { rattled, relaxed, rockSalt, runFolder, runProgram, type Relaxed } from './fixtures.ts'

const python = '/usr/bin/python3'

function haveOtherReaders(): boolean {
  const there =
    existsSync(python) && spawnSync(python, ['-c', 'import pymatgen.io.vasp, ase.io']).status === 0
  if (!there)
    console.warn(
      `skipped: ${python} has no pymatgen and ASE (Debian: apt-get install python3-pymatgen python3-ase)`,
    )
  return there
}

const incar = `SYSTEM = manganosite
EDIFF = 1E-6
EDIFFG = -0.005
IBRION = 2
NSW = 50
ENCUT = 520
GGA = MK
LUSE_VDW = .TRUE.
AGGAC = 0.0
ISPIN = 2
MAGMOM = 2*5 2*-5 4*0
LORBIT = 11
LREAL = Auto
LDAU = .TRUE.
LDAUTYPE = 2
LDAUL = 2 -1
LDAUU = 4.5 0
LDAUJ = 0 0
LAECHG = .TRUE.
`

/** MnO with antiferromagnetic moments, rattled, the first ion frozen. */
function manganosite(): Structure {
  const cell = rattled(rockSalt(), 'others', 0.1)
  const sites = cell.sites.map((site, i) => ({
    ...site,
    element: site.element === 'Mg' ? 'Mn' : 'O',
    mobile: i === 0 ? ([false, false, false] as const) : ([true, true, true] as const),
  }))
  return { ...cell, comment: 'MnO', sites }
}

describe.skipIf(!haveOtherReaders())('readers written by others', () => {
  let ours: Relaxed
  let found: { pymatgen: Found; ase: Found }
  let outcar: string

  beforeAll(async () => {
    const folder = runFolder(manganosite(), incar, 'Mn_pv PBE Mn 13\nO PBE O 6\n')
    const run = await runProgram(folder, { DOPANT_REHEARSAL_GRID_ANGSTROM: '0.25' })
    expect(run.status).toBe(0)
    outcar = run.file('OUTCAR')
    ours = relaxed(manganosite(), { EDIFFG: -0.005 })
    const read = spawnSync(python, [join(import.meta.dirname, 'read_with_others.py')], {
      cwd: folder,
      encoding: 'utf8',
    })
    expect(read.stderr).toBe('')
    found = JSON.parse(read.stdout) as { pymatgen: Found; ase: Found }
  })

  it('agree on the energy to the last printed digit', () => {
    const energy = ours.last.energyEv

    for (const reader of [found.pymatgen, found.ase]) {
      expect(reader.outcarEnergy).toBeCloseTo(energy, 7)
      expect(reader.vasprunEnergy).toBeCloseTo(energy, 7)
    }
    expect(found.pymatgen.oszicarEnergy).toBeCloseTo(energy, 4)
  })

  it('agree on the forces, of frozen ions too', () => {
    closeRows(found.ase.outcarForces, ours.last.forces, 6)
    closeRows(found.ase.vasprunForces, ours.last.forces, 7)
    closeRows(found.pymatgen.vasprunForces, ours.last.forces, 7)
  })

  it('agree on the positions', () => {
    closeRows(found.ase.outcarPositions, ours.last.positions, 5)
    closeRows(found.ase.contcarPositions, ours.last.positions, 7)
    closeRows(found.pymatgen.contcarPositions, ours.last.positions, 7)
    closeRows(found.pymatgen.vasprunPositions, ours.last.positions, 6)
    expect(found.ase.outcarSymbols).toEqual(manganosite().sites.map(({ element }) => element))
    expect(found.ase.frozen).toEqual([0])
  })

  it('agree on the number of ionic steps and on convergence', () => {
    const steps = ours.steps.length

    expect([
      found.pymatgen.steps,
      found.pymatgen.oszicarSteps,
      found.ase.steps,
      found.ase.vasprunSteps,
    ]).toEqual([steps, steps, steps, steps])
    expect(found.pymatgen.converged).toBe(true)
    expect(found.pymatgen.elapsed).toBeGreaterThanOrEqual(0)
  })

  it('agree on the moments: 4.6 μB on Mn2+ with the signs of MAGMOM, none in total', () => {
    const moments = [4.6, 4.6, -4.6, -4.6, 0, 0, 0, 0]

    for (const reader of [found.pymatgen, found.ase]) {
      moments.forEach((moment, i) => expect(reader.outcarMoments[i]).toBeCloseTo(moment, 3))
      expect(reader.outcarTotalMoment).toBeCloseTo(0, 6)
    }
    expect(found.pymatgen.chgcarMoment).toBeCloseTo(0, 6)
  })

  it('find the 76 electrons of 4 Mn_pv and 4 O in OUTCAR and in the densities', () => {
    expect(found.pymatgen.outcarElectrons).toBe(76)
    expect(found.pymatgen.outcarCharge).toBeCloseTo(76, 1)
    expect(found.pymatgen.chgcarElectrons).toBeCloseTo(76, 6)
    expect(found.pymatgen.aeccar2Electrons).toBeCloseTo(76, 6)
    expect(found.pymatgen.aeccar0Electrons).toBeCloseTo(4 * 10 + 4 * 2, 6)
    // ASE divides by a volume with six decimals in the lattice.
    expect(found.ase.chgcarElectrons).toBeCloseTo(76, 4)
  })

  it('see the settings as they were given', () => {
    expect(found.pymatgen.runType).toMatch(/optB86b\+U/)
    expect(found.pymatgen.hubbard).toEqual({ Mn: 4.5, O: 0 })
    expect(found.pymatgen.titles).toEqual(['PAW_PBE Mn_pv rehearsal', 'PAW_PBE O rehearsal'])
    expect(found.pymatgen.mesh).toEqual([2, 2, 1])
    expect(found.pymatgen.vasprunVersion).toBe('6.0.0-rehearsal')
  })

  it('agree with our own reader of OUTCAR', () => {
    const reader = createOutcarReader()
    reader.push(Buffer.from(outcar))
    const own = reader.finish()

    expect(own.method).toBe('rehearsal')
    expect(own.runState).toBe('finished')
    expect(own.ionicSteps).toHaveLength(ours.steps.length)
    expect(own.final?.totenEv).toBeCloseTo(found.ase.outcarEnergy, 7)
  })
})

type Rows = readonly (readonly number[])[]
interface Found {
  readonly outcarEnergy: number
  readonly vasprunEnergy: number
  readonly oszicarEnergy: number
  readonly outcarForces: Rows
  readonly vasprunForces: Rows
  readonly outcarPositions: Rows
  readonly contcarPositions: Rows
  readonly vasprunPositions: Rows
  readonly outcarMoments: readonly number[]
  readonly outcarTotalMoment: number
  readonly outcarSymbols: readonly string[]
  readonly outcarElectrons: number
  readonly outcarCharge: number
  readonly frozen: readonly number[]
  readonly steps: number
  readonly vasprunSteps: number
  readonly oszicarSteps: number
  readonly converged: boolean
  readonly elapsed: number
  readonly chgcarElectrons: number
  readonly chgcarMoment: number
  readonly aeccar0Electrons: number
  readonly aeccar2Electrons: number
  readonly runType: string
  readonly hubbard: Readonly<Record<string, number>>
  readonly titles: readonly string[]
  readonly mesh: readonly number[]
  readonly vasprunVersion: string
}

function closeRows(rows: Rows, flat: Float64Array, digits: number): void {
  expect(rows).toHaveLength(flat.length / 3)
  rows.flat().forEach((value, i) => expect(value).toBeCloseTo(flat[i]!, digits - 1))
}
