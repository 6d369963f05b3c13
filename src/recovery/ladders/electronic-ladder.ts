import { sameGeometry, set, withoutDensity } from '../changes.ts'
import { algoInForce, numberInForce, tagInForce } from '../run-reading.ts'
import type { Rung } from '../symptom.ts'
import { custodianHandler, vaspWiki } from '../sources.ts'

const defaultNelm = 60

/** One more round for a loop that was nearly there. */
export const moreElectronicSteps: Rung = {
  class: 'numerics',
  reason: 'The last change was within a hundred times EDIFF: the loop was nearly converged.',
  changes: (run) => {
    const last =
      run.outcar?.ionicSteps.at(-1)?.lastEnergyChangeEv ?? run.oszicar?.ionicSteps.at(-1)?.lastEnergyChangeEv
    const ediff = numberInForce(run, 'EDIFF') ?? 1e-4
    if (last === undefined || Math.abs(last) > 100 * ediff) return undefined
    return [
      ...set({ NELM: 2 * (numberInForce(run, 'NELM') ?? defaultNelm) }),
      { kind: 'start', geometry: 'contcar', wavecar: 'read' },
    ]
  },
}

export const lmaxmixForHubbard: Rung = {
  class: 'numerics',
  reason: 'With +U the mixer must carry the on-site terms of d electrons: LMAXMIX = 4.',
  source: vaspWiki('LMAXMIX'),
  changes: (run) =>
    tagInForce(run, 'LDAU') === true && (numberInForce(run, 'LMAXMIX') ?? 2) < 4
      ? set({ LMAXMIX: 4 })
      : undefined,
}

/** ALGO VeryFast or Fast to Normal: blocked Davidson is slower and steadier. */
export const algoNormal: Rung = {
  class: 'numerics',
  reason: 'Blocked Davidson (ALGO = Normal) is steadier than RMM-DIIS.',
  source: custodianHandler('UnconvergedErrorHandler'),
  changes: (run) => (['fast', 'veryfast'].includes(algoInForce(run)) ? set({ ALGO: 'Normal' }) : undefined),
}

/** Charge sloshes along the long axis of a slab: small steps, strong damping of long waves. */
export const slabMixing: Rung = {
  class: 'numerics',
  reason:
    'Charge sloshes along a long cell: smaller, almost linear mixing (AMIN 0.01, AMIX 0.2, BMIX 0.001).',
  source: 'pymatgen-core, MVLSlabSet (85392df7)',
  changes: () => [
    ...set({ AMIN: 0.01, AMIX: 0.2, BMIX: 0.001, AMIX_MAG: 0.8, BMIX_MAG: 0.001 }),
    sameGeometry,
  ],
}

/** All bands at once, no density mixing; not with tetrahedra, whose occupations are not variational. */
export const algoAll: Rung = {
  class: 'numerics',
  reason: 'ALGO = All minimises the energy without density mixing, which cannot slosh.',
  source: custodianHandler('UnconvergedErrorHandler'),
  changes: (run) =>
    algoInForce(run) !== 'all' && (numberInForce(run, 'ISMEAR') ?? 1) >= 0
      ? [...set({ ALGO: 'All' }), sameGeometry]
      : undefined,
}

export const algoDamped: Rung = {
  class: 'numerics',
  reason: 'Damped dynamics of the orbitals with a short step is the slowest and steadiest way.',
  source: vaspWiki('ALGO'),
  changes: (run) =>
    (numberInForce(run, 'ISMEAR') ?? 1) >= 0
      ? [...set({ ALGO: 'Damped', TIME: 0.1 }), sameGeometry]
      : undefined,
}

/** Orbitals and density of the failed run are thrown away. */
export const fromScratch: Rung = {
  class: 'numerics',
  reason: 'Orbitals and density left from before may be what breaks it: start from atoms.',
  changes: () => [...withoutDensity, { kind: 'start', geometry: 'contcar', wavecar: 'ignore' }],
}

/** For loops that do not converge. */
export const convergenceLadder: readonly Rung[] = [
  lmaxmixForHubbard,
  algoNormal,
  moreElectronicSteps,
  slabMixing,
  algoAll,
  algoDamped,
]
