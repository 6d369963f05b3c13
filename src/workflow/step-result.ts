import type { DosCurves } from '../analysis/densities-of-states.ts'
import type { PlanarPotential } from '../analysis/planar-potential.ts'
import type { RunSettings } from '../analysis/run-settings.ts'
import type { Structure } from '../structure/structure.ts'

/** What one finished run of VASP said, as the store keeps it; `keptResult` reads what earlier versions kept. */
export interface StepResult {
  readonly step: string
  /** `rehearsal` comes from the stand-in and is never a prediction. */
  readonly method: 'dft' | 'rehearsal'
  readonly vaspVersion: string | null
  readonly runState: string
  /** Last ionic step; null when the file does not tell. */
  readonly electronicConverged: boolean | null
  /** null for a static run. */
  readonly ionicConverged: boolean | null
  readonly ionicStepCount: number
  /** Ionic steps before the last whose SCF ended without convergence. */
  readonly electronicMisses: number
  /** Whether `structure` is the last geometry of the run, or (POSCAR) still the one that was sent. */
  readonly geometryFrom: 'CONTCAR' | 'OUTCAR' | 'POSCAR'
  /** Last geometry, with the labels of the built structure, POSCAR order. */
  readonly structure: Structure
  readonly energies: {
    readonly totenEv: number | null
    readonly energyWithoutEntropyEv: number | null
    readonly energySigmaToZeroEv: number | null
  }
  readonly maxForceEvPerAngstrom: number | null
  /** [ion], POSCAR order. */
  readonly momentsMuB: readonly number[] | null
  readonly totalMomentMuB: number | null
  /** NELECT as the run printed it; absent in results kept before it existed. */
  readonly electronCount?: number | null
  /** By element, from this run's own files. */
  readonly zval: Readonly<Record<string, number>>
  readonly bader: BaderCharges | null
  /** Why there are no charges, when there could be some. */
  readonly baderMissing: string | null
  /** Absent in results kept before it existed, and null where the run does not tell. */
  readonly electronicStructure?: ElectronicStructure | null
  /** Planar average of LOCPOT along c; absent and null as above. */
  readonly planarPotential?: PlanarPotential | null
  readonly elapsedSeconds: number | null
  /** What decides whether this energy may stand in a formula with another; null when the OUTCAR does not tell. */
  readonly settings: RunSettings | null
  /** What went wrong, most telling first; empty for a run that did what it was asked to. */
  readonly diagnoses: readonly RunDiagnosis[]
  /** What a person should know about this run. */
  readonly flags: readonly string[]
}

/** A symptom that was found, in words for people; docs/recovery.md explains each. */
export interface RunDiagnosis {
  readonly symptom: string
  /** The line that says it. */
  readonly says: string
  readonly cause: string
  readonly advice: string
}

/** Levels of a run in eV, on the scale of its own potential. */
export interface ElectronicStructure {
  readonly fermiEv: number
  /** 0 for a metal; null when the run printed no eigenvalues, as are the next three. */
  readonly gapEv: number | null
  readonly valenceMaximumEv: number | null
  readonly conductionMinimumEv: number | null
  readonly isDirectGap: boolean | null
  /** Relative to the Fermi level. */
  readonly dos: DosCurves
}

export interface PartitionOrigin {
  /** `dopant`, or the program and version: `bader 1.05`. */
  readonly program: string
  readonly method: string
  /** Were the basins those of AECCAR0 + AECCAR2? */
  readonly hasReference: boolean
}

export interface BaderCharges {
  /** Who divided the density and how, as far as the site's output tells. */
  readonly partition: PartitionOrigin
  /** Population of each ion in e, POSCAR order. */
  readonly electrons: readonly number[]
  readonly minDistanceAngstrom: readonly number[]
  readonly volumeAngstrom3: readonly (number | null)[]
  readonly vacuumElectrons: number | null
  readonly electronCount: number | null
  /** The longest grid spacing in Å, when known. */
  readonly gridSpacingAngstrom: number | null
}
