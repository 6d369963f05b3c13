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
  /** What a job asks for; one rank for a day when absent. */
  readonly resources?: SiteResources
  /** How many jobs of ours may be queued or running at once. */
  readonly maxJobs: number
  readonly pollSeconds: number
  /** A job that left the queue without its end file is given up only after this long. */
  readonly graceSeconds: number
  readonly vasp: SiteProgram & { readonly version: string }
  /** Runs in the folder of a static run; without it charges stay empty. */
  readonly bader?: SiteProgram
  /** Shell lines before VASP starts (`module load …`), written by the owner of the site. */
  readonly prologue: readonly string[]
  readonly environment: Readonly<Record<string, string>>
  readonly potcarLibrary?: string
  readonly vdwKernelPath?: string
  /** `rehearsal` marks every output that comes from here. */
  readonly method: 'dft' | 'rehearsal'
}

export interface SiteProgram {
  readonly program: string
  readonly args: readonly string[]
}
