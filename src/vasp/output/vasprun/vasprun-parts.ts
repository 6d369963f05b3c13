import type { Vector3 } from '../../../base/vector.ts'
import { toCartesian } from '../../../structure/lattice.ts'
import { convergenceOf, runStateOf } from './convergence.ts'
import { numberTag } from './tags.ts'
import type {
  Eigenvalues,
  ProjectedDos,
  TagValue,
  TotalDos,
  VasprunFile,
  VasprunFinal,
  VasprunSpecies,
  VasprunStep,
  VasprunStructure,
} from './vasprun-file.ts'

/** What has been read so far. */
export interface VasprunParts {
  isVasprun: boolean
  isComplete: boolean
  readonly generator: Record<string, string>
  readonly incar: Record<string, TagValue>
  readonly parameters: Record<string, TagValue>
  readonly species: VasprunSpecies[]
  /** As printed: a name, which may be cut, and the number of the species from 1. */
  readonly ions: { readonly word: string; readonly type: number }[]
  kpoints: readonly Vector3[]
  weights: readonly number[]
  divisions: readonly number[] | undefined
  kpointScheme: string | undefined
  readonly steps: VasprunStep[]
  initialStructure: VasprunStructure | undefined
  finalStructure: VasprunStructure | undefined
  /** Of the last calculation that has one. */
  stepStructure: VasprunStructure | undefined
  forces: readonly Vector3[] | undefined
  stress: readonly Vector3[] | undefined
  fermiEnergyEv: number | undefined
  eigenvalues: Eigenvalues | undefined
  totalDos: TotalDos | undefined
  projectedDos: ProjectedDos | undefined
  /** Within one array: at which row each spin begins, and how many rows the first k-point has. */
  spinStarts: number[]
  bandsPerKpoint: number
}

export function emptyParts(): VasprunParts {
  return {
    isVasprun: false,
    isComplete: false,
    generator: {},
    incar: {},
    parameters: {},
    species: [],
    ions: [],
    kpoints: [],
    weights: [],
    divisions: undefined,
    kpointScheme: undefined,
    steps: [],
    spinStarts: [],
    bandsPerKpoint: 0,
    initialStructure: undefined,
    finalStructure: undefined,
    stepStructure: undefined,
    forces: undefined,
    stress: undefined,
    fermiEnergyEv: undefined,
    eigenvalues: undefined,
    totalDos: undefined,
    projectedDos: undefined,
  }
}

export function assembled(parts: VasprunParts): VasprunFile {
  const facts = { ...parts, lastForces: parts.forces }
  const converged = convergenceOf(facts)
  const electronCount = numberTag(parts.parameters['NELECT'])
  const { version, subversion } = parts.generator
  const finalStructure = parts.finalStructure ?? parts.stepStructure ?? parts.initialStructure
  const final = finalOf(parts)
  return {
    ...(version !== undefined && { vaspVersion: version }),
    ...(subversion !== undefined && { build: subversion.replace(/\s+/g, ' ') }),
    runState: runStateOf(facts, converged),
    isComplete: parts.isComplete,
    converged,
    incar: parts.incar,
    parameters: parts.parameters,
    species: parts.species,
    elements: parts.ions.map(({ word, type }) => parts.species[type - 1]?.symbol ?? word),
    ionCount: parts.ions.length,
    ...(electronCount !== undefined && { electronCount }),
    kpoints: {
      ...(parts.kpointScheme !== undefined && { scheme: parts.kpointScheme }),
      ...(parts.divisions !== undefined && { divisions: parts.divisions }),
      points: parts.kpoints,
      weights: parts.weights,
    },
    ...(parts.initialStructure !== undefined && { initialStructure: parts.initialStructure }),
    ...(finalStructure !== undefined && { finalStructure }),
    ionicSteps: parts.steps,
    ...(final !== undefined && { final }),
    ...(parts.fermiEnergyEv !== undefined && { fermiEnergyEv: parts.fermiEnergyEv }),
    ...(parts.eigenvalues !== undefined && { eigenvalues: parts.eigenvalues }),
    ...(parts.totalDos !== undefined && { totalDos: parts.totalDos }),
    ...(parts.projectedDos !== undefined && { projectedDos: parts.projectedDos }),
  }
}

function finalOf(parts: VasprunParts): VasprunFinal | undefined {
  const step = parts.steps.findLast((candidate) => candidate.totenEv !== undefined)
  // A run that ended within its first step has printed no other structure than the one it began with.
  const structure = parts.stepStructure ?? (parts.steps.length === 1 ? parts.initialStructure : undefined)
  if (step === undefined && structure === undefined) return undefined
  const { scfSteps: _, lastEnergyChangeEv: __, elapsedSeconds: ___, ...energies } = step ?? { scfSteps: 0 }
  return {
    ...energies,
    ...(parts.forces !== undefined && { forcesEvPerAngstrom: parts.forces }),
    ...stressOf(parts.stress),
    ...(structure !== undefined && {
      latticeAngstrom: structure.latticeAngstrom,
      positionsFractional: structure.positionsFractional,
      positionsCartesianAngstrom: structure.positionsFractional.map((position) =>
        toCartesian(structure.latticeAngstrom, position),
      ),
    }),
  }
}

function stressOf(rows: readonly Vector3[] | undefined): Pick<VasprunFinal, 'stressKbar' | 'pressureKbar'> {
  const [x, y, z] = rows ?? []
  if (x === undefined || y === undefined || z === undefined) return {}
  return { stressKbar: [x, y, z], pressureKbar: (x[0] + y[1] + z[2]) / 3 }
}
