import { whyWaiting } from '../../app/screens/why-waiting.ts'
import { watchedRuns } from '../../app/watch/watched-runs.ts'
import type { SiteTraffic } from '../../ports/site-watch.ts'
import type { Store } from '../../ports/store.ts'
import type { SiteNow, SitesAnswer } from '../api-types.ts'
import { noContact } from './contacts.ts'
import type { DashboardParts } from './dashboard-parts.ts'
import { progressWords } from './progress-words.ts'

const dayMs = 24 * 3_600_000

/** What is known of every site without asking it. */
export async function sitesNow({ store, sites, clock, contacts }: DashboardParts, coreHours: CoreHours): Promise<SitesAnswer> {
  const descriptions = new Map([...sites].map(([name, { site }]) => [name, site]))
  const watches = new Map((await store.siteWatches()).map((watch) => [watch.site, watch]))
  const traffic = await store.traffic(new Date(clock.now().getTime() - dayMs).toISOString())
  const hours = await coreHours()
  const siteNow = (name: string): SiteNow => {
    const watch = watches.get(name)
    const own = traffic.filter((hour) => hour.site === name)
    return {
      name,
      ...(contacts.get(name) ?? (watch === undefined ? noContact : { ...noContact, answeredMs: Date.parse(watch.seenAt) })),
      otherJobs: watch?.otherJobs ?? 0,
      fullReason: watch?.fullReason ?? null,
      coreHours: hours.get(name) ?? 0,
      ...trafficOf(own),
    }
  }
  const waiting = await whyWaiting(store, descriptions)
  const running = (await watchedRuns(store)).flatMap(({ calculation, progress }) => (progress === undefined ? [] : [{ id: calculation.id, words: progressWords(progress) }]))
  return { sites: [...sites.keys()].map(siteNow), waiting: waiting.map(({ text }) => text), notices: await store.jobNotices(), running }
}

/** By site; every attempt of the project is added up at most once a minute. */
export type CoreHours = () => Promise<ReadonlyMap<string, number>>

export function coreHoursBySite(store: Store, screens: () => readonly string[]): CoreHours {
  let kept: { readonly atMs: number; readonly made: Promise<ReadonlyMap<string, number>> } | undefined
  return () => {
    const nowMs = performance.now()
    if (kept === undefined || nowMs - kept.atMs > 60_000) kept = { atMs: nowMs, made: addUp(store, screens()) }
    kept.made.catch(() => (kept = undefined))
    return kept.made
  }
}

async function addUp(store: Store, screens: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const sums = new Map<string, number>()
  for (const name of screens) {
    for (const { site, coreHours } of await store.attemptsOfScreen(name)) sums.set(site, (sums.get(site) ?? 0) + (coreHours ?? 0))
  }
  return sums
}

function trafficOf(hours: readonly SiteTraffic[]): Pick<SiteNow, 'connections' | 'commands' | 'bytes'> {
  const sum = (value: (hour: SiteTraffic) => number): number => hours.reduce((total, hour) => total + value(hour), 0)
  return {
    connections: sum(({ connections }) => connections),
    commands: sum(({ statusCalls, accountingCalls, otherCommands }) => statusCalls + accountingCalls + otherCommands),
    bytes: sum(({ bytesSent, bytesReceived }) => bytesSent + bytesReceived),
  }
}
