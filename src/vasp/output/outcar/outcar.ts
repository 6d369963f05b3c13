import type { RunState } from '../run-state.ts'
import type { Box } from './boxes.ts'
import type { Convergence } from './convergence.ts'
import type { Dipole } from './dipole.ts'
import type { Grids } from './grids.ts'
import type { Header } from './header.ts'
import type { Hubbard } from './hubbard.ts'
import type { KPoints } from './kpoints.ts'
import type { OnsiteDensity } from './onsite-density.ts'
import type { Settings } from './settings.ts'
import type { SiteTable } from './site-tables.ts'
import type { Species } from './species.ts'
import type { Memory, Timing } from './timing.ts'
import type { Vdw } from './vdw.ts'

export type Triple = readonly [number, number, number]

/** One ionic step. Arrays are there only when all steps are kept (`keepSteps: 'all'`). */
export interface IonicStep {
  /** Free energy F, what VASP minimises. */
  readonly totenEv?: number
  readonly energyWithoutEntropyEv?: number
  readonly energySigmaToZeroEv?: number
  /** Electronic steps begun. */
  readonly scfSteps: number
  readonly lastEnergyChangeEv?: number
  readonly electronicConverged: boolean | null
  /** Over all ions, frozen ones included. */
  readonly maxForceEvPerAngstrom?: number
  readonly rmsForceEvPerAngstrom?: number
  readonly driftEvPerAngstrom?: Triple
  readonly pressureKbar?: number
  readonly volumeAngstrom3?: number
  readonly fermiEnergyEv?: number
  readonly totalMagnetizationMuB?: number
  readonly temperatureK?: number
  readonly kineticEnergyEv?: number
  readonly loopSeconds?: number
  /** [ion][xyz] flat. */
  readonly forcesEvPerAngstrom?: Float64Array
  /** [ion][xyz] flat. */
  readonly positionsCartesianAngstrom?: Float64Array
  /** Rows a, b, c flat. */
  readonly latticeAngstrom?: Float64Array
}

/** The last ionic step that has both an energy and a whole table of forces; else the last with an energy. */
export interface FinalStep {
  /** Its index in `ionicSteps`, from 0. */
  readonly step: number
  readonly totenEv?: number
  readonly energyWithoutEntropyEv?: number
  readonly energySigmaToZeroEv?: number
  /** [ion][xyz], POSCAR order, as printed: VASP does not mask frozen ions. */
  readonly forcesEvPerAngstrom?: readonly Triple[]
  /** Largest norm; components frozen by the given POSCAR do not count. */
  readonly maxForceEvPerAngstrom?: number
  readonly driftEvPerAngstrom?: Triple
  /** Rows a, b, c. */
  readonly latticeAngstrom?: readonly Triple[]
  readonly positionsCartesianAngstrom?: readonly Triple[]
  readonly pressureKbar?: number
  /** xx yy zz xy yz zx, sign as VASP prints it (`in kB`). */
  readonly stressKbar?: readonly number[]
  readonly volumeAngstrom3?: number
}

export interface Magnetization {
  /** Moment in the PAW sphere of each ion, μB; for a non-collinear run its length. */
  readonly perIonMuB?: readonly number[]
  /** Non-collinear: [ion][xyz] along the axes of SAXIS. */
  readonly perIonVectorMuB?: readonly Triple[]
  /** Of the whole cell, which is more than the sum over spheres; for a non-collinear run the length. */
  readonly totalMuB?: number
  readonly totalVectorMuB?: Triple
  readonly tables: Readonly<Partial<Record<'x' | 'y' | 'z', SiteTable>>>
}

export interface SphereCharge {
  /** Electrons in the PAW sphere of each ion: depends on RWIGS, not a Bader charge. */
  readonly perIonElectrons: readonly number[]
  readonly table: SiteTable
}

/** Everything read from one OUTCAR. Absent fields were not in the file, or stood there as `****`. */
export interface Outcar extends Header {
  readonly runState: RunState
  readonly converged: Convergence
  readonly ionicSteps: readonly IonicStep[]
  readonly final: FinalStep | undefined
  readonly magnetization?: Magnetization
  readonly charge?: SphereCharge
  /** Last printed. */
  readonly fermiEnergyEv?: number
  /** NELECT; else the last `number of electron`. */
  readonly electronCount?: number
  readonly ionCount?: number
  readonly species: readonly Species[]
  readonly settings: Settings
  /** Echo of the INCAR (6.2 on). */
  readonly incar: Settings
  readonly hubbard?: Hubbard
  readonly vdw?: Vdw
  readonly kpoints: KPoints
  readonly grids: Grids
  readonly dipole?: Dipole
  readonly onsiteDensities: readonly OnsiteDensity[]
  readonly boxes: readonly Box[]
  readonly memory: Memory
  readonly timing: Timing
  /** Steps by a machine-learned force field, which are no DFT results. */
  readonly machineLearnedSteps: readonly IonicStep[]
  readonly linesRead: number
}
