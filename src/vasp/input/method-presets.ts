import { didYouMean } from '../../base/did-you-mean.ts'
import { KnownError } from '../../base/known-error.ts'
import type { Incar } from './incar.ts'

/** An exchange-correlation functional as INCAR tags. */
export interface MethodPreset {
  readonly name: MethodName
  /** As a methods section writes it. */
  readonly label: string
  readonly tags: Incar
  /** `vdw_kernel.bindat` must lie in the run folder of VASP before 6.4.3. */
  readonly needsVdwKernel: boolean
  /** First VASP version that can do it, where that matters. */
  readonly sinceVasp?: string
  readonly notes: readonly string[]
  readonly sources: readonly string[]
}

export type MethodName =
  'optb86b-vdw' | 'pbe' | 'pbe-d3' | 'r2scan' | 'scan-rvv10' | 'optpbe-vdw' | 'rev-vdw-df2'

export class MethodUnknownError extends KnownError {
  readonly code = 'METHOD_UNKNOWN'
  readonly remedy: string
  constructor(name: string) {
    super(`There is no method preset "${name}".`)
    const near = didYouMean(name, methodNames)
    this.remedy = `${near === undefined ? '' : `Did you mean ${near}? `}Choose one of ${methodNames.join(', ')}.`
  }
}

/** @throws MethodUnknownError */
export function methodPreset(name: string): MethodPreset {
  const preset = methodPresets.find((known) => known.name === name)
  if (preset === undefined) throw new MethodUnknownError(name)
  return preset
}

const nonlocalPage = 'https://vasp.at/wiki/Nonlocal_vdW-DF_functionals'
const dion = [
  'M. Dion, H. Rydberg, E. Schröder, D. C. Langreth and B. I. Lundqvist, Phys. Rev. Lett. 92, 246401 (2004)',
  'G. Román-Pérez and J. M. Soler, Phys. Rev. Lett. 103, 096102 (2009)',
]
const klimes = 'J. Klimeš, D. R. Bowler and A. Michaelides, Phys. Rev. B 83, 195131 (2011)'
const densityOnly =
  'The non-local part sees the sum of both spin densities; LSPIN_VDW is left unset on purpose.'
// The PBE gradient correction of correlation must go: these functionals take LDA correlation plus the non-local term.
const nonlocalCorrelation: Incar = { AGGAC: 0, LUSE_VDW: true, LASPH: true }

export const methodPresets: readonly MethodPreset[] = [
  {
    name: 'optb86b-vdw',
    label: 'optB86b-vdW',
    tags: { GGA: 'MK', PARAM1: 0.1234, PARAM2: 1, ...nonlocalCorrelation },
    needsVdwKernel: true,
    sinceVasp: '5.2.12',
    notes: [
      densityOnly,
      'PBE datasets are used: there are none for vdW-DF, and VASP 6 prints an advice box about it.',
    ],
    sources: [klimes, ...dion, nonlocalPage],
  },
  {
    name: 'pbe',
    label: 'PBE',
    tags: { GGA: 'PE', LASPH: true },
    needsVdwKernel: false,
    notes: [],
    sources: ['J. P. Perdew, K. Burke and M. Ernzerhof, Phys. Rev. Lett. 77, 3865 (1996)', 'https://vasp.at/wiki/GGA'],
  },
  {
    name: 'pbe-d3',
    label: 'PBE-D3(BJ)',
    tags: { GGA: 'PE', IVDW: 12, LASPH: true },
    needsVdwKernel: false,
    sinceVasp: '5.3.4',
    notes: [],
    sources: ['S. Grimme, S. Ehrlich and L. Goerigk, J. Comput. Chem. 32, 1456 (2011)', 'https://vasp.at/wiki/DFT-D3'],
  },
  {
    name: 'r2scan',
    label: 'r²SCAN',
    tags: { METAGGA: 'R2SCAN', LASPH: true, LMIXTAU: true },
    needsVdwKernel: false,
    sinceVasp: '6.2.0',
    notes: ['Datasets need the kinetic-energy density of the core (PBE.54 and later have it).'],
    sources: ['J. W. Furness, A. D. Kaplan, J. Ning, J. P. Perdew and J. Sun, J. Phys. Chem. Lett. 11, 8208 (2020)', 'https://vasp.at/wiki/METAGGA'],
  },
  {
    name: 'scan-rvv10',
    label: 'SCAN+rVV10',
    tags: { METAGGA: 'SCAN', LUSE_VDW: true, BPARAM: 15.7, LASPH: true },
    needsVdwKernel: false,
    sinceVasp: '5.4.4',
    notes: [
      'AGGAC stays unset: SCAN brings its own correlation.',
      'The kernel is rVV10, not the one of vdw_kernel.bindat.',
    ],
    sources: ['H. Peng, Z.-H. Yang, J. P. Perdew and J. Sun, Phys. Rev. X 6, 041005 (2016)', nonlocalPage],
  },
  {
    name: 'optpbe-vdw',
    label: 'optPBE-vdW',
    tags: { GGA: 'OR', ...nonlocalCorrelation },
    needsVdwKernel: true,
    sinceVasp: '5.2.12',
    notes: [densityOnly],
    sources: [
      'J. Klimeš, D. R. Bowler and A. Michaelides, J. Phys.: Condens. Matter 22, 022201 (2010)',
      ...dion,
      nonlocalPage,
    ],
  },
  {
    name: 'rev-vdw-df2',
    label: 'rev-vdW-DF2',
    tags: { GGA: 'MK', PARAM1: 0.1234, PARAM2: 0.711357, ZAB_VDW: -1.8867, ...nonlocalCorrelation },
    needsVdwKernel: true,
    sinceVasp: '5.2.12',
    notes: [densityOnly],
    sources: [
      'I. Hamada, Phys. Rev. B 89, 121103 (2014)',
      'Lee et al., Phys. Rev. B 82, 081101 (2010)',
      nonlocalPage,
    ],
  },
]

export const methodNames: readonly MethodName[] = methodPresets.map(({ name }) => name)
