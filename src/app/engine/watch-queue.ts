import type { JobStatus, NativeId } from '../../ports/scheduler.ts'
import type { SiteConnection } from '../../ports/site-connection.ts'
import type { JobNotice, SiteWatch } from '../../ports/site-watch.ts'
import type { CalculationRecord, CalculationSummary } from '../../ports/store.ts'
import type { EngineParts } from './engine-parts.ts'
import { countsOthers } from './places.ts'

type Listed = ReadonlyMap<NativeId, JobStatus>

/** Writes down how many jobs of the user are not ours, and whether a full queue has room again. */
export async function noteQueue(
  parts: EngineParts,
  { site }: SiteConnection,
  listed: Listed,
  ours: readonly Pick<CalculationRecord, 'token'>[],
): Promise<void> {
  if (!countsOthers(site)) return
  const before = (await parts.store.siteWatches()).find((each) => each.site === site.name)
  const tokens = new Set(ours.map(({ token }) => token))
  // One that is completing may be ours, with its end told already.
  const isOther = ({ name, state }: JobStatus): boolean => !tokens.has(name) && state !== 'completing'
  const otherJobs = [...listed.values()].filter(isOther).length
  const seenAt = parts.clock.now().toISOString()
  await parts.store.saveSiteWatch({ site: site.name, seenAt, otherJobs, ...stillFull(before, listed.size, seenAt) })
}

/** A refusal holds until a job of the user has left the queue, whoever submitted it, or a quarter of an hour has passed. */
function stillFull(
  before: SiteWatch | undefined,
  listedJobs: number,
  seenAt: string,
): Pick<SiteWatch, 'fullReason' | 'fullSince' | 'fullJobs'> {
  const { fullReason = null, fullSince = null, fullJobs = null } = before ?? {}
  const isOver =
    fullSince === null ||
    (fullJobs !== null && listedJobs < fullJobs) ||
    Date.parse(seenAt) - Date.parse(fullSince) >= tryAgainAfterMs
  if (isOver) return { fullReason: null, fullSince: null, fullJobs: null }
  return { fullReason, fullSince, fullJobs: fullJobs ?? listedJobs }
}

const tryAgainAfterMs = 15 * 60_000

/** The batch system takes no more jobs of the user: nothing more is submitted until a look shows room. */
export async function noteFull(parts: EngineParts, siteName: string, reason: string): Promise<void> {
  const now = parts.clock.now().toISOString()
  const before = (await parts.store.siteWatches()).find((each) => each.site === siteName)
  const { seenAt = now, otherJobs = 0 } = before ?? {}
  await parts.store.saveSiteWatch({ site: siteName, seenAt, otherJobs, fullReason: reason, fullSince: now, fullJobs: null })
  if (before?.fullReason == null) parts.say(`${siteName}: ${reason} The rest waits.`)
}

/** What is told of a waiting job; undefined when there is nothing to tell. */
export function noticeOf(
  { scheduler }: SiteConnection,
  calculation: Pick<CalculationSummary, 'id'>,
  job: JobStatus,
): JobNotice | undefined {
  if (job.state !== 'queued' && job.state !== 'held') return undefined
  const neverRuns = scheduler.neverRunsReason?.(job) ?? null
  const reason = job.reason ?? (job.state === 'held' ? 'held' : undefined)
  if (reason === undefined && neverRuns === null) return undefined
  return { calculationId: calculation.id, reason: reason ?? neverRuns ?? '', neverRuns }
}

/** Writes only what is not written yet, and tells once of a job that waits for something that will not come. */
export async function noteWaiting(
  parts: EngineParts,
  notices: ReadonlyMap<string, JobNotice | undefined>,
  told: Map<string, JobNotice>,
): Promise<void> {
  const fresh: JobNotice[] = []
  const gone: string[] = []
  for (const [id, notice] of notices) {
    const before = told.get(id)
    if (notice === undefined) {
      if (told.delete(id)) gone.push(id)
    } else if (before?.reason !== notice.reason || before.neverRuns !== notice.neverRuns) {
      told.set(id, notice)
      fresh.push(notice)
      const isNews = notice.neverRuns !== null && before?.neverRuns !== notice.neverRuns
      if (isNews) parts.say(`${id} will never run as it is: ${notice.neverRuns}`)
    }
  }
  if (fresh.length + gone.length > 0) await parts.store.saveJobNotices(fresh, gone)
}
