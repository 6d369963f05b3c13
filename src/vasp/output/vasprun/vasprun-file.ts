import type { Matrix3 } from '../../../base/matrix.ts'
import type { Vector3 } from '../../../base/vector.ts'
import type { RunState } from '../run-state.ts'
import type { Lattice } from '../../../structure/lattice.ts'

/** What vasprun.xml says of a run. NaN where VASP printed `****`; absent where it printed nothing. */
export interface VasprunFile {
  readonly vaspVersion?: string
  /** Build line: date, `complex` or `gamma-only`, parallel. */
  readonly build?: string
  /** A stop by STOPCAR leaves no trace in this file: such a run reads as finished or unconverged. */
  readonly runState: RunState
  /** Is the document closed? False after a kill. */
  readonly isComplete: boolean
  readonly converged: VasprunConvergence
  /** Tags of the INCAR as VASP understood them. */
  readonly incar: Tags
  /** Every setting, with defaults. */
  readonly parameters: Tags
  readonly species: readonly VasprunSpecies[]
  /** Element of each ion, POSCAR order. */
  readonly elements: readonly string[]
  readonly ionCount: number
  readonly electronCount?: number
  readonly kpoints: VasprunKpoints
  readonly initialStructure?: VasprunStructure
  /** The `finalpos` block; of an interrupted run, the last structure there is. */
  readonly finalStructure?: VasprunStructure
  readonly ionicSteps: readonly VasprunStep[]
  /** Forces, stress and structure of the last step that has them. */
  readonly final?: VasprunFinal
  /** The last one printed. */
  readonly fermiEnergyEv?: number
  readonly eigenvalues?: Eigenvalues
  readonly totalDos?: TotalDos
  /** Only when it was asked for. */
  readonly projectedDos?: ProjectedDos
}

export interface VasprunConvergence {
  /** Last step: fewer SCF steps than NELM, or a last energy change below EDIFF. Null when there was no SCF loop or its end cannot be told. */
  readonly electronic: boolean | null
  /** Forces of the free atoms (or the energy change, EDIFFG > 0) at the last step; null when nothing was relaxed or the file cannot tell. */
  readonly ionic: boolean | null
  /** Earlier steps whose SCF loop ran into NELM. */
  readonly earlierElectronicMisses: number
}

export type TagValue = number | string | boolean | readonly (number | string | boolean)[]
export type Tags = Readonly<Record<string, TagValue>>

export interface VasprunSpecies {
  readonly symbol: string
  readonly count: number
  readonly zval: number
  readonly titel: string
}

export interface VasprunKpoints {
  /** `Gamma`, `Monkhorst-Pack`, `listgenerated`, …; absent for an explicit list. */
  readonly scheme?: string
  readonly divisions?: readonly number[]
  /** Fractional, [k-point][xyz]. */
  readonly points: readonly Vector3[]
  readonly weights: readonly number[]
}

export interface VasprunStructure {
  readonly latticeAngstrom: Lattice
  readonly positionsFractional: readonly Vector3[]
  /** False where selective dynamics holds the coordinate. */
  readonly mobile?: readonly (readonly [boolean, boolean, boolean])[]
}

export interface VasprunStep {
  /** Free energy; forces belong to it. */
  readonly totenEv?: number
  readonly energyWithoutEntropyEv?: number
  /**
   * Extrapolated to zero smearing. VASP 5 prints a wrong `e_0_energy` at the end of a step, so this is the last
   * electronic step's, moved by what was added after it (dispersion).
   */
  readonly energySigmaToZeroEv?: number
  readonly scfSteps: number
  /** Free energy of the last electronic step minus the one before. */
  readonly lastEnergyChangeEv?: number
  readonly maxForceEvPerAngstrom?: number
  readonly elapsedSeconds?: number
}

export interface VasprunFinal {
  readonly totenEv?: number
  readonly energyWithoutEntropyEv?: number
  readonly energySigmaToZeroEv?: number
  /** [ion][xyz], POSCAR order. */
  readonly forcesEvPerAngstrom?: readonly Vector3[]
  readonly maxForceEvPerAngstrom?: number
  readonly stressKbar?: Matrix3
  /** A third of the trace: positive when the cell wants to grow. */
  readonly pressureKbar?: number
  readonly latticeAngstrom?: Lattice
  readonly positionsFractional?: readonly Vector3[]
  readonly positionsCartesianAngstrom?: readonly Vector3[]
}

export interface Eigenvalues {
  readonly spinCount: number
  readonly kpointCount: number
  readonly bandCount: number
  /** [spin][k-point][band]. */
  readonly energiesEv: Float64Array
  /** Same order, 0 to 1. */
  readonly occupations: Float64Array
}

/** Partial densities of states, summed over the ions of an element and over the functions of an angular momentum. */
export interface ProjectedDos {
  readonly energiesEv: Float64Array
  readonly groups: readonly ProjectedGroup[]
}

export interface ProjectedGroup {
  readonly element: string
  /** `s`, `p`, `d` or `f`. */
  readonly orbital: string
  /** One or two spins, each as long as the energies. */
  readonly statesPerEv: readonly Float64Array[]
}

export interface TotalDos {
  readonly energiesEv: Float64Array
  /** One or two spins, each as long as `energiesEv`. */
  readonly statesPerEv: readonly Float64Array[]
}
