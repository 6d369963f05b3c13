import type { PlannedRun, RunEvidence } from '../../src/recovery/run-evidence.ts'
import type { Structure } from '../../src/structure/structure.ts'
import type { Incar } from '../../src/vasp/input/incar.ts'
import { readOutcar } from '../../src/vasp/output/outcar/read-outcar.ts'
import type { Outcar } from '../../src/vasp/output/outcar/outcar.ts'

/** A slab of two Mn, two O and a Li in 5 × 5 × 20 Å, atoms between 4 and 9 Å. */
export const smallSlab: Structure = {
  comment: 'small slab',
  lattice: [
    [5, 0, 0],
    [0, 5, 0],
    [0, 0, 20],
  ],
  sites: [
    { element: 'Li', fractional: [0, 0, 0.2] },
    { element: 'Mn', fractional: [0.5, 0, 0.3], magneticMomentMuB: 4 },
    { element: 'Mn', fractional: [0, 0.5, 0.3], magneticMomentMuB: -4 },
    { element: 'O', fractional: [0, 0, 0.3], magneticMomentMuB: 0 },
    { element: 'O', fractional: [0.5, 0.5, 0.3], magneticMomentMuB: 0 },
  ],
}

export const relaxIncar: Incar = {
  GGA: 'MK',
  LUSE_VDW: true,
  ENCUT: 520,
  EDIFF: 1e-6,
  EDIFFG: -0.01,
  ISMEAR: 0,
  SIGMA: 0.05,
  ALGO: 'Normal',
  NELM: 200,
  IBRION: 2,
  POTIM: 0.3,
  ISIF: 2,
  NSW: 200,
  ISYM: 0,
  ISPIN: 2,
  LMAXMIX: 4,
  LDAU: true,
  LDAUTYPE: 2,
  LDAUL: [-1, 2, -1],
  LDAUU: [0, 4.5, 0],
  LDAUJ: [0, 0, 0],
  MAGMOM: [0, 4, -4, 0, 0],
}

export const smallPlan: PlannedRun = {
  incar: relaxIncar,
  structure: smallSlab,
  kMesh: [3, 3, 1],
  functional: 'optB86b-vdW+U',
  potcars: [
    { symbol: 'Li_sv', functional: 'PBE', element: 'Li', zval: 3 },
    { symbol: 'Mn_pv', functional: 'PBE', element: 'Mn', zval: 13 },
    { symbol: 'O', functional: 'PBE', element: 'O', zval: 6 },
  ],
  isSlab: true,
}

export function planWith(tags: Incar): PlannedRun {
  const incar = Object.fromEntries(
    Object.entries({ ...relaxIncar, ...tags }).filter(([, value]) => value !== 'unset'),
  )
  return { ...smallPlan, incar }
}

/** A run that says nothing but this on its standard output. */
export function saying(stdout: string, more: Partial<RunEvidence> = {}): RunEvidence {
  return { stdout, stderr: '', planned: smallPlan, ...more }
}

export function parseOutcar(text: string): Promise<Outcar> {
  return readOutcar([Buffer.from(text, 'latin1')])
}

export interface OutcarText {
  readonly version?: string
  readonly settings?: string
  readonly steps?: readonly string[]
  /** The accounting at the end. */
  readonly ends?: boolean
}

/** The lines of an OUTCAR that matter here, in VASP's own form. */
export function outcarText({
  version = 'vasp.5.4.4.18Apr17 (build Apr  9 2020 10:35:28) complex',
  settings = '',
  steps = [],
  ends = true,
}: OutcarText): string {
  const head = [
    ` ${version}`,
    ' executed on             LinuxIFC date 2020.04.09  10:35:30',
    ' running on    4 total cores',
    '   TITEL  = PAW_PBE Li_sv 10Sep2004',
    '   POMASS =    7.010; ZVAL   =    3.000    mass and valenz',
    '   TITEL  = PAW_PBE Mn_pv 02Aug2007',
    '   POMASS =   54.938; ZVAL   =   13.000    mass and valenz',
    '   TITEL  = PAW_PBE O 08Apr2002',
    '   POMASS =   16.000; ZVAL   =    6.000    mass and valenz',
    '   number of dos      NEDOS =    301   number of ions     NIONS =      5',
    '   ions per type =               1   2   2',
    '   ENCUT  =  520.0 eV  38.22 Ry',
    '   NELM   =    200;   NELMIN=  6; NELMDL= -5     # of ELM steps',
    '   EDIFF  = 0.1E-05   stopping-criterion for ELM',
    '   EDIFFG = -.1E-01   stopping-criterion for IOM',
    '   NSW    =    200    number of steps for IOM',
    '   IBRION =      2    ionic relax',
    '   ISIF   =      2    stress and relaxation',
    '   ISMEAR =     0;   SIGMA  =   0.05  broadening in eV',
    '   GGA     =    MK    GGA type',
    '   LUSE_VDW   =     T    switch on vdW DFT',
    ' LDA+U is selected, type is set to LDAUTYPE =  2',
    '   angular momentum for each species LDAUL =    -1    2   -1',
    '   U (eV)           for each species LDAUU =   0.0  4.5  0.0',
    '   J (eV)           for each species LDAUJ =   0.0  0.0  0.0',
  ]
  const end = [
    ' General timing and accounting informations for this job:',
    '                         Elapsed time (sec):       82.848',
    '',
  ]
  return [...head, settings, ...steps, ...(ends ? end : [])].join('\n')
}

/** One ionic step: its electronic steps, the last change of energy, its energy and positions with forces. */
export function ionicStep(
  number: number,
  options: {
    scf?: number
    lastChange?: string
    energyEv?: number
    entropyEv?: number
    structure?: Structure
    forceEvPerAngstrom?: number
  } = {},
): string {
  const {
    scf = 10,
    lastChange = '-0.2E-07',
    energyEv = -40,
    entropyEv = 0,
    structure = smallSlab,
    forceEvPerAngstrom = 0.005,
  } = options
  const iterations = Array.from(
    { length: scf },
    (_, k) =>
      `--------------------------------------- Iteration ${String(number).padStart(6)}(${String(k + 1).padStart(4)})  ---------------------------------------`,
  )
  const rows = structure.sites.map(({ fractional }) => {
    const xyz = fractional
      .map((x, axis) => (x * structure.lattice[axis]![axis]!).toFixed(5).padStart(12))
      .join(' ')
    return ` ${xyz}    ${forceEvPerAngstrom.toFixed(6)}      0.000000      0.000000`
  })
  return [
    ...iterations,
    ` total energy-change (2. order) :${lastChange}  (-0.2E-08)`,
    '------------------------ aborting loop because EDIFF is reached ----------------------------------------',
    '  FREE ENERGIE OF THE ION-ELECTRON SYSTEM (eV)',
    `  free  energy   TOTEN  =      ${(energyEv - entropyEv).toFixed(8)} eV`,
    '',
    `  energy  without entropy=      ${energyEv.toFixed(8)}  energy(sigma->0) =      ${(energyEv - entropyEv / 2).toFixed(8)}`,
    ' POSITION                                       TOTAL-FORCE (eV/Angst)',
    ' -----------------------------------------------------------------------------------',
    ...rows,
    ' -----------------------------------------------------------------------------------',
    '    total drift:                                0.000001      0.000001      0.000001',
  ].join('\n')
}

export const reached = ' reached required accuracy - stopping structural energy minimisation'

export function magnetization(momentsMuB: readonly number[]): string {
  const row = (name: string, moment: number): string =>
    `${name}     0.000   0.000  ${moment.toFixed(3)}  ${moment.toFixed(3)}`
  return [
    ' magnetization (x)',
    ' ',
    '# of ion       s       p       d       tot',
    '------------------------------------------',
    ...momentsMuB.map((moment, i) => row(String(i + 1).padStart(5), moment)),
    '--------------------------------------------------',
    row(
      'tot  ',
      momentsMuB.reduce((sum, moment) => sum + moment, 0),
    ),
  ].join('\n')
}
