import type { Clock } from '../../ports/clock.ts'
import { noTraffic, type SiteTraffic, type TrafficCounts } from '../../ports/site-watch.ts'
import type { Store } from '../../ports/store.ts'

/** Counts what goes to each site, hour by hour, until it is taken away to be kept. */
export interface TrafficLedger {
  count(site: string, counts: Partial<TrafficCounts>): void
  /** What was counted since the last call. */
  take(): readonly SiteTraffic[]
}

export function trafficLedger(clock: Pick<Clock, 'now'>): TrafficLedger {
  let hours = new Map<string, SiteTraffic>()
  return {
    count(site, counts) {
      const hour = new Date(Math.floor(clock.now().getTime() / hourMs) * hourMs).toISOString()
      const key = `${hour} ${site}`
      hours.set(key, { ...sum(hours.get(key) ?? noTraffic, counts), site, hour })
    },
    take() {
      const taken = [...hours.values()]
      hours = new Map()
      return taken
    },
  }
}

const hourMs = 3_600_000

export function sum(one: TrafficCounts, other: Partial<TrafficCounts>): TrafficCounts {
  const names = Object.keys(noTraffic) as readonly (keyof TrafficCounts)[]
  return Object.fromEntries(names.map((name) => [name, one[name] + (other[name] ?? 0)])) as unknown as TrafficCounts
}

/**
 * Writes the ledger into the store every minute, and a last time when it is stopped.
 *
 * @returns stops it; call it after the last transport is closed and before the store is
 */
export function keepLedger(ledger: TrafficLedger, store: Pick<Store, 'addTraffic'>): () => Promise<void> {
  const save = (): Promise<void> => {
    const hours = ledger.take()
    return hours.length === 0 ? Promise.resolve() : store.addTraffic(hours)
  }
  // What cannot be written is not worth stopping anything for: it is lost, like the last minute of a killed process.
  const timer = setInterval(() => void save().catch(() => undefined), 60_000)
  timer.unref()
  return async () => {
    clearInterval(timer)
    await save().catch(() => undefined)
  }
}
