import type { Site } from '../../ports/site.ts'
import type { CalculationState } from '../../workflow/calculation-state.ts'

/** A job that a site has, as far as the pace of looking depends on it. */
export interface WatchedJob {
  readonly state: CalculationState
  /** When it came into this state. */
  readonly sinceMs: number
  readonly walltimeSeconds: number
}

/**
 * Seconds until the next look at a site.
 *
 * `fastestPollSeconds` for three minutes after a job was submitted or started, because what is wrong shows then;
 * `pollSeconds` while things move, and while a job is near its walltime; twice and four times as long when nothing has
 * moved for half an hour and for two hours, at most ten minutes.
 *
 * @param lastMoveMs the last time that anything on the site moved
 */
export function pollIntervalSeconds(
  site: Pick<Site, 'pollSeconds' | 'fastestPollSeconds'>,
  jobs: readonly WatchedJob[],
  { nowMs, lastMoveMs }: { readonly nowMs: number; readonly lastMoveMs: number },
): number {
  const usual = site.pollSeconds
  const isNew = ({ state, sinceMs }: WatchedJob): boolean =>
    (state === 'queued' || state === 'running') && nowMs - sinceMs < newForMs
  if (jobs.some(isNew)) return Math.min(usual, site.fastestPollSeconds ?? usual)
  if (jobs.length === 0 || jobs.some((job) => isNearEnd(job, nowMs))) return usual
  const quietMs = nowMs - Math.max(lastMoveMs, ...jobs.map(({ sinceMs }) => sinceMs))
  const factor = quietMs >= veryQuietMs ? 4 : quietMs >= quietAfterMs ? 2 : 1
  return Math.max(usual, Math.min(slowestSeconds, usual * factor))
}

function isNearEnd({ state, sinceMs, walltimeSeconds }: WatchedJob, nowMs: number): boolean {
  return state === 'running' && nowMs - sinceMs > nearEnd * walltimeSeconds * 1000
}

const newForMs = 3 * 60_000
const quietAfterMs = 30 * 60_000
const veryQuietMs = 120 * 60_000
const slowestSeconds = 600
/** Part of the walltime after which a job is near its end. */
const nearEnd = 0.9
