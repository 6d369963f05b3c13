import type { SiteResources } from './resources.ts'
import type { SchedulerName } from './scheduler.ts'
import type { TransportSettings } from './transport-settings.ts'

/** A place where VASP runs: a cluster, a workstation, or the rehearsal. */
export interface Site {
  readonly name: string
  readonly transport: TransportSettings
  readonly scheduler: SchedulerName
  /** Absolute folder on the site below which every job has a folder of its own. */
  readonly workFolder: string
  /** The work folder belongs to one project alone and moves with it; elsewhere each project has a folder below it. */
  readonly isProjectsOwn?: boolean
  /** What a job asks for; one rank for a day when absent. */
  readonly resources?: SiteResources
  /** How many jobs of the user may be queued or running at once, whoever submitted them. */
  readonly maxJobs: number
  /** Seconds between two looks at the queue while jobs move. */
  readonly pollSeconds: number
  /** Right after a submission; `pollSeconds` when absent. */
  readonly fastestPollSeconds?: number
  /** A job that left the queue without its end file is given up only after this long. */
  readonly graceSeconds: number
  /** A running job that writes nothing for so long, and for ten times its slowest ionic step, is ended; one hour when absent. */
  readonly silenceSeconds?: number
  /** A job that was told to stop is cancelled when it goes on for so long, and for twice its slowest ionic step; ten minutes when absent. */
  readonly stopSeconds?: number
  readonly vasp: VaspPrograms
  /** Runs in the folder of a static run; without it charges stay empty. */
  readonly bader?: SiteProgram
  /** Shell lines before VASP starts (`module load …`), written by the owner of the site. */
  readonly prologue: readonly string[]
  readonly environment: Readonly<Record<string, string>>
  readonly potcarLibrary?: string
  readonly vdwKernelPath?: string
  /** Jobs run below it and bring home what they leave; without it they run in the work folder. */
  readonly scratch?: ScratchFolder
  /** What the files of all screens may take on the site, in GiB. */
  readonly quotaGib?: number
  /** After so many days without a change the site removes files of the work folder. */
  readonly scratchPurgeDays?: number
  /** `rehearsal` marks every output that comes from here. */
  readonly method: 'dft' | 'rehearsal'
}

/** The launch line; `program` and `args` hold `vasp_std`. */
export interface VaspPrograms extends SiteProgram {
  readonly version: string
  /** `vasp_gam`: takes the place of `vasp_std` in the launch line at the mesh 1×1×1. */
  readonly gammaProgram?: string
  /** `vasp_ncl`: for LNONCOLLINEAR and LSORBIT. */
  readonly noncollinearProgram?: string
}

/** A path whose beginning a variable of the compute node may hold: `$TMPDIR/dopant`. */
export interface ScratchFolder {
  readonly variable?: string
  /** What follows the variable; absolute without one. */
  readonly path: string
}

export interface SiteProgram {
  readonly program: string
  readonly args: readonly string[]
}
