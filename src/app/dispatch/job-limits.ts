import { resourcesOfStep } from '../../ports/resources.ts'
import type { SiteConnection } from '../../ports/site-connection.ts'

/** What the job script knows of the end of its time. */
export interface JobLimits {
  /** What was asked for; undefined where nothing ends a job. */
  readonly walltimeSeconds: number | undefined
  /** Kept free for the last files of VASP, and for their way home from a scratch folder. */
  readonly marginSeconds: number
}

/** A WAVECAR of 3 GB takes a minute on a busy file system; twice that with the way home. */
const longestMarginSeconds = 300
const longestWithScratchSeconds = 600

/** Processes without a batch system have no limit, unless the site states one. */
export function jobLimits({ site, scheduler }: SiteConnection, step: string): JobLimits {
  const isEnded = scheduler.name !== 'direct' || site.resources !== undefined
  const { walltimeSeconds } = resourcesOfStep(site.resources, step)
  const most = site.scratch === undefined ? longestMarginSeconds : longestWithScratchSeconds
  return {
    walltimeSeconds: isEnded ? walltimeSeconds : undefined,
    marginSeconds: Math.max(1, Math.min(most, Math.round(walltimeSeconds / 20))),
  }
}
