import type { RunSettings } from '../../../src/analysis/run-settings.ts'
import type { StepMethod } from '../../../src/app/results/step-methods.ts'
import type { Structure } from '../../../src/structure/structure.ts'
import { defaultRelaxSettings } from '../../../src/workflow/steps/step-kind.ts'
import type { CandidateResult } from '../../../src/workflow/tables/candidate-result.ts'

const edge = 12
const around = (angle: number): readonly [number, number, number] => [
  0.5 + (1.37 * Math.cos(angle)) / edge,
  0.5 + (1.37 * Math.sin(angle)) / edge,
  0.5,
]

/** Planar BO3 with B–O of 1.37 Å, alone in a box. */
export const structure: Structure = {
  comment: 'BO3',
  lattice: [
    [edge, 0, 0],
    [0, edge, 0],
    [0, 0, edge],
  ],
  sites: [
    { element: 'B', fractional: [0.5, 0.5, 0.5] },
    ...[0, 1, 2].map((n) => ({ element: 'O', fractional: around((2 * Math.PI * n) / 3) })),
  ],
}

const lone = { energySigmaToZeroEv: -30, isElectronicallyConverged: true, isIonicallyConverged: true } as const

export const candidate: CandidateResult = {
  candidateId: 'B-on-Mn',
  series: 'Mn',
  dopant: 'B',
  site: 'Mn 4g, surface',
  depthAngstrom: 0.1,
  compensation: 'electronic',
  method: 'dft',
  oxidationStates: { B: 3, O: -2 },
  dopantIndices: [0],
  relaxed: { structure, ...lone },
  flags: [],
}

const settings: RunSettings = {
  step: 'relax',
  functional: 'GGA = PE',
  hubbardUEv: { Mn: 4.5, O: 0 },
  potentials: { Mn: 'PAW_PBE Mn_pv 02Aug2007', O: 'PAW_PBE O 08Apr2002' },
  ENCUT: 520,
  PREC: 'accurate',
  LASPH: true,
  LREAL: 'A',
  ISMEAR: 0,
  SIGMA: 0.05,
  kMesh: [3, 3, 1],
  lattice: structure.lattice,
  method: 'dft',
}

export const stepMethod: StepMethod = {
  step: 'relax',
  kind: 'relax',
  runCount: 1,
  finishedCount: 1,
  methods: ['dft'],
  functionals: ['PBE+U'],
  printedFunctionals: [settings.functional],
  vaspVersions: ['6.4.2'],
  kMeshes: ['3 × 3 × 1'],
  hubbardUEv: { Mn: 4.5 },
  potentials: settings.potentials,
  settings: [settings],
  planned: { ...defaultRelaxSettings, method: 'pbe' },
  partitions: [],
  overrides: [],
}
