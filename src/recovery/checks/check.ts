import type { Structure } from '../../structure/structure.ts'
import type { Outcar } from '../../vasp/output/outcar/outcar.ts'
import type { PlannedRun } from '../run-evidence.ts'

/** A run that ended well, beside what it was meant to be. */
export interface FinishedRun {
  readonly planned: PlannedRun
  readonly outcar: Outcar
  /** Last geometry, POSCAR order. */
  readonly final: Structure
  /** E(σ→0) in eV at the end of the attempt that this one went on from. */
  readonly energyBeforeRestartEv?: number
}

/** One question about a finished run. */
export interface Check {
  /** Stable; tables show it. */
  readonly name: string
  readonly asks: string
  /** What is not as it should be, in words; undefined when all is well or cannot be told. */
  readonly finds: (run: FinishedRun) => string | undefined
}

export interface Finding {
  readonly check: string
  readonly says: string
}
