import type { CalculationSummary, EventRecord, Store } from '../../ports/store.ts'
import { finalStates, type CalculationState } from '../../workflow/calculation-state.ts'
import type { News } from '../api-types.ts'
import type { CalculationRow } from '../calculation-row.ts'

/** Every calculation as a page shows it, kept up to date from the log of events. */
export interface LiveModel {
  readonly sequence: () => number
  readonly rows: () => readonly CalculationRow[]
  /** Of all that there ever were. */
  readonly count: () => number
  /** What waits for a calculation. */
  readonly followersOf: (id: string) => readonly string[]
  readonly row: (id: string) => CalculationRow | undefined
  /** Rows that moved after an event; undefined when so many did that reading everything is less work. */
  readonly rowsSince: (sequence: number) => Promise<readonly CalculationRow[] | undefined>
  /** Looks for news now; several at once are one. */
  readonly refresh: () => Promise<void>
  /** Is told of every change while it listens; looking goes on only while somebody does. */
  readonly listen: (listener: (news: News) => void) => () => void
  readonly stop: () => void
}

/** Between two looks at the log while somebody listens: one query that finds nothing most of the time. */
const lookMs = 1000
const mostMovesToReplay = 3000
const mostSingleReads = 40

export async function startLiveModel(store: Store, onTrouble: (error: Error) => void): Promise<LiveModel> {
  let sequence = await store.lastSequence()
  const first = await store.summaries()
  const rows = new Map(first.map((each) => [each.id, rowOf(each, '')]))
  const upstream = new Map(first.map((each) => [each.id, each.dependsOn]))
  await tellReasons(store, rows)
  const listeners = new Set<(news: News) => void>()
  let refreshing: Promise<void> | undefined
  let timer: NodeJS.Timeout | undefined

  const look = async (): Promise<void> => {
    const events = await store.events({ afterSequence: sequence })
    if (events.length === 0) return
    const changed = await readChanged(store, events, rows)
    for (const { row, dependsOn } of changed) {
      rows.set(row.id, row)
      upstream.set(row.id, dependsOn)
    }
    sequence = events.at(-1)?.sequence ?? sequence
    for (const listener of listeners) listener({ sequence, rows: changed.map(({ row }) => row) })
  }
  const refresh = (): Promise<void> => {
    refreshing ??= look().finally(() => (refreshing = undefined))
    return refreshing
  }
  const lookAgain = (): void => {
    timer = listeners.size === 0 ? undefined : setTimeout(() => void refresh().catch(onTrouble).finally(lookAgain), lookMs)
  }
  return {
    sequence: () => sequence,
    rows: () => [...rows.values()].filter(({ isObsolete }) => !isObsolete),
    count: () => rows.size,
    followersOf: (id) => [...upstream].flatMap(([follower, ids]) => (ids.includes(id) ? [follower] : [])),
    row: (id) => rows.get(id),
    rowsSince: async (after) => {
      const events = await store.events({ afterSequence: after })
      if (events.length > mostMovesToReplay) return undefined
      return [...new Set(events.map((event) => event.calculationId))].flatMap((id) => rows.get(id) ?? [])
    },
    refresh,
    listen: (listener) => {
      listeners.add(listener)
      if (timer === undefined) lookAgain()
      return () => void listeners.delete(listener)
    },
    stop: () => {
      listeners.clear()
      clearTimeout(timer)
    },
  }
}

interface Changed {
  readonly row: CalculationRow
  readonly dependsOn: readonly string[]
}

async function readChanged(
  store: Store,
  events: readonly EventRecord[],
  known: ReadonlyMap<string, CalculationRow>,
): Promise<readonly Changed[]> {
  const reasons = new Map(events.map((event) => [event.calculationId, event.reason]))
  const ids = [...reasons.keys()]
  const records: readonly (CalculationSummary | undefined)[] =
    ids.length > mostSingleReads ? await store.summaries() : await Promise.all(ids.map((id) => store.calculation(id)))
  return records
    .filter((record) => record !== undefined)
    .filter((record) => reasons.has(record.id) || known.get(record.id)?.revision !== record.revision)
    .map((record) => ({ row: rowOf(record, reasons.get(record.id) ?? ''), dependsOn: record.dependsOn }))
}

/** Of these a person asks why: the words of the last move say it. */
const explained: readonly CalculationState[] = ['queued', 'suspended', 'submit-unknown', 'blocked', 'paused', 'cancelled', 'cancelling']

async function tellReasons(store: Store, rows: Map<string, CalculationRow>): Promise<void> {
  const asked = [...rows.values()].filter(({ state }) => explained.includes(state)).slice(0, 200)
  for (const row of asked) {
    const last = (await store.events({ calculationId: row.id })).at(-1)
    if (last !== undefined) rows.set(row.id, { ...row, reason: last.reason })
  }
}

function rowOf(record: CalculationSummary, reason: string): CalculationRow {
  const { id, step, site, state, revision, attempt, nativeId, failure } = record
  const places = { id, screen: record.screenName, candidate: record.candidateId, step, site }
  return { ...places, state, revision, attempt, nativeId, failure, reason, isObsolete: record.obsoleteSince !== null && finalStates.includes(state), updatedMs: Date.parse(record.updatedAt) }
}
