import type { Structure } from '../structure/structure.ts'
import type { Incar } from '../vasp/input/incar.ts'
import type { PotcarSpec } from '../vasp/input/potcar-spec.ts'
import type { Oszicar } from '../vasp/output/oszicar.ts'
import type { Outcar } from '../vasp/output/outcar/outcar.ts'

/** What an attempt was sent to do, with the corrections that were in force. */
export interface PlannedRun {
  readonly incar: Incar
  /** POSCAR order, with the moments to start from. */
  readonly structure: Structure
  readonly kMesh: readonly [number, number, number]
  /** As a methods section writes it: `optB86b-vdW+U`. */
  readonly functional: string
  readonly potcars: PotcarSpec
  readonly isSlab: boolean
  /** Valence electrons of the cell. */
  readonly electronCount?: number
  /** Ions that the screen put in, 0-based, POSCAR order. */
  readonly dopantIons?: readonly number[]
}

/** Everything that is known of one attempt. Absent: the file was not there, or is not yet. */
export interface RunEvidence {
  readonly stdout: string
  readonly stderr: string
  readonly outcar?: Outcar
  readonly oszicar?: Oszicar
  /** What the job wrote of its own end: exit code, and `exit` or the signal. */
  readonly jobEnd?: { readonly code: number; readonly cause: string }
  /** The batch system's word, from the queue or the accounting: `TIMEOUT`, `NODE_FAIL`, `TERM_MEMLIMIT: …`. */
  readonly schedulerReason?: string
  /** Absent for a folder that was not planned here: then nothing is compared with a plan. */
  readonly planned?: PlannedRun
  /** Band gap in eV, when eigenvalues were read. */
  readonly gapEv?: number
  /** Only while the job runs. */
  readonly watch?: Watch
}

export interface Watch {
  /** Since any output file grew, by the site's clock. */
  readonly secondsSinceOutput?: number
  /** Until the batch system ends the job. */
  readonly secondsLeft?: number
  /** The slowest ionic step so far, where the OUTCAR was not read. */
  readonly longestStepSeconds?: number
  /** A shorter silence than this is none; one hour unless the site says otherwise. */
  readonly leastSilenceSeconds?: number
}
