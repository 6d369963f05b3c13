import { whyWaiting } from '../../app/screens/why-waiting.ts'
import type { AttemptRecord } from '../../ports/attempt.ts'
import type { SiteTraffic } from '../../ports/site-watch.ts'
import type { SiteNow, SitesAnswer } from '../api-types.ts'
import { noContact } from './contacts.ts'
import type { DashboardParts } from './dashboard-parts.ts'

const dayMs = 24 * 3_600_000

/** What is known of every site without asking it. */
export async function sitesNow({ store, sites, clock, contacts }: DashboardParts): Promise<SitesAnswer> {
  const descriptions = new Map([...sites].map(([name, { site }]) => [name, site]))
  const watches = new Map((await store.siteWatches()).map((watch) => [watch.site, watch]))
  const traffic = await store.traffic(new Date(clock.now().getTime() - dayMs).toISOString())
  const attempts = (await Promise.all((await store.screens()).map(({ name }) => store.attemptsOfScreen(name)))).flat()
  const siteNow = (name: string): SiteNow => {
    const watch = watches.get(name)
    const own = traffic.filter((hour) => hour.site === name)
    return {
      name,
      ...(contacts.get(name) ?? (watch === undefined ? noContact : { ...noContact, answeredMs: Date.parse(watch.seenAt) })),
      otherJobs: watch?.otherJobs ?? 0,
      fullReason: watch?.fullReason ?? null,
      coreHours: coreHoursOf(attempts, name),
      ...trafficOf(own),
    }
  }
  const waiting = await whyWaiting(store, descriptions)
  return { sites: [...sites.keys()].map(siteNow), waiting: waiting.map(({ text }) => text), notices: await store.jobNotices() }
}

function coreHoursOf(attempts: readonly AttemptRecord[], site: string): number {
  return attempts.filter((attempt) => attempt.site === site).reduce((sum, { coreHours }) => sum + (coreHours ?? 0), 0)
}

function trafficOf(hours: readonly SiteTraffic[]): Pick<SiteNow, 'connections' | 'commands' | 'bytes'> {
  const sum = (value: (hour: SiteTraffic) => number): number => hours.reduce((total, hour) => total + value(hour), 0)
  return {
    connections: sum(({ connections }) => connections),
    commands: sum(({ statusCalls, accountingCalls, otherCommands }) => statusCalls + accountingCalls + otherCommands),
    bytes: sum(({ bytesSent, bytesReceived }) => bytesSent + bytesReceived),
  }
}
