import { setTimeout as wait } from 'node:timers/promises'
import { explainCalculation } from '../../app/watch/explain-calculation.ts'
import { lastLines } from '../../app/watch/follow-log.ts'
import type { RunProgress } from '../../app/watch/run-progress.ts'
import { whyWaiting } from '../../app/screens/why-waiting.ts'
import { isKnownError } from '../../base/known-error.ts'
import { askOwner, openSite, openStore, sitesOf, type WorkspaceOptions } from '../../compose.ts'
import type { Store } from '../../ports/store.ts'
import { startLiveModel, type LiveModel } from '../../web/server/live-model.ts'
import { coreHoursBySite, type CoreHours } from '../../web/server/sites-now.ts'
import { keptResult } from '../../workflow/kept-result.ts'
import { actOnTargets, type TargetAction } from '../act-on-targets.ts'
import { noticeText } from '../print-waiting.ts'
import { withStore } from '../with-store.ts'
import type { WatchedDetail } from './draw-detail.ts'
import { clockWords } from './row-words.ts'
import type { WatchedSite, WatchNow } from './watch-now.ts'

/** Where `dopant watch` gets what it shows. */
export interface WatchSource {
  /** One look; while an engine runs only what happened since the last one is read. */
  look(): Promise<WatchNow>
  /** The next look reads everything. */
  forget(): void
  detail(id: string): Promise<WatchedDetail | undefined>
  /** The end of vasp.out, read at the site. */
  log(id: string): Promise<readonly string[]>
  act(action: TargetAction, id: string): Promise<string>
  close(): Promise<void>
}

export interface WatchedPart {
  readonly screenName?: string
  readonly site?: string
}

interface Opened {
  readonly pid: unknown
  readonly store: Store
  readonly model: LiveModel
  readonly hours: CoreHours
  readonly close: () => Promise<void>
}

/**
 * Reads through the engine that runs. Without one the embedded store is opened for a moment only, so that `dopant run` can
 * have it; nothing moves then anyway.
 */
export function watchSource(workspace: WorkspaceOptions, part: WatchedPart): WatchSource {
  const isServer = (workspace.environment['DATABASE_URL'] ?? '') !== ''
  let opened: Opened | undefined
  let known: WatchNow | undefined
  let isStale = true
  const shut = async (): Promise<void> => {
    const closing = opened
    opened = undefined
    closing?.model.stop()
    await closing?.close()
  }
  const withOpened = <T>(use: (store: Store) => Promise<T>): Promise<T> => (opened === undefined ? withStore(workspace, use) : use(opened.store))
  const look = async (): Promise<WatchNow> => {
    const pid = await askOwner<number>(workspace, 'ping', {})
    const isLive = pid !== undefined || isServer
    if (!isLive && known !== undefined && !isStale) return known.engine.isRunning ? (known = { ...known, engine: restingWords() }) : known
    if (isStale || opened?.pid !== pid) await shut()
    opened ??= await openFor(workspace, pid)
    known = await readNow(workspace, opened, part, known, isLive)
    isStale = false
    if (!isLive) await shut()
    return known
  }
  return {
    look: whileOwnerStarts(() => known, async () => {
      try {
        // An engine that has just gone may have made moves after its last answer: the store is read once more.
        const wasLive = known?.engine.isRunning === true
        if (wasLive && !isServer && (await askOwner<number>(workspace, 'ping', {})) === undefined) isStale = true
        return await look()
      } catch (error) {
        if (!isKnownError(error) || error.code !== 'OWNER_GONE') throw error
        await shut()
        isStale = true
        return look()
      }
    }),
    forget: () => void (isStale = true),
    detail: (id) => withOpened((store) => readDetail(store, id)),
    log: (id) => withOpened((store) => readLog(workspace, store, id)),
    act: async (action, id) => {
      if (!isServer && opened?.pid === undefined) await shut()
      const { words } = await actOnTargets(workspace, action, [id], 'watch')
      isStale = true
      return words
    },
    close: shut,
  }
}

/** An engine that starts has the project some seconds before it answers: that is waited for, or the picture stays as it is. */
function whileOwnerStarts(known: () => WatchNow | undefined, look: () => Promise<WatchNow>): () => Promise<WatchNow> {
  return async () => {
    for (let tries = 1; ; tries += 1) {
      try {
        return await look()
      } catch (error) {
        if (!isKnownError(error) || error.code !== 'PROJECT_OWNED') throw error
        const now = known()
        if (now !== undefined) return now
        if (tries === mostTries) throw error
        await wait(500)
      }
    }
  }
}

const mostTries = 60

async function openFor(workspace: WorkspaceOptions, pid: unknown): Promise<Opened> {
  const { store, close } = await openStore(workspace)
  const model = await startLiveModel(store, () => undefined)
  const screens = (await store.screens()).map(({ name }) => name)
  return { pid, store, model, hours: coreHoursBySite(store, () => screens), close }
}

async function readNow(workspace: WorkspaceOptions, { store, model, hours, pid }: Opened, part: WatchedPart, before: WatchNow | undefined, isLive: boolean): Promise<WatchNow> {
  const sequence = model.sequence()
  await model.refresh()
  const isSame = before !== undefined && sequence === model.sequence() && seen.get(before) === model
  const rows = isSame ? before.rows : model.rows().filter(({ screen, site }) => (part.screenName ?? screen) === screen && (part.site ?? site) === site)
  const isMoving = rows.some(({ state }) => state === 'running')
  const progress = isMoving || !isSame ? await progressOf(store, part.screenName) : before.progress
  const notices = new Map((await store.jobNotices()).map((notice) => [notice.calculationId, noticeText(notice)]))
  const waiting = isSame ? before.waiting : (await whyWaiting(store, sitesOf(workspace), part.screenName)).map(({ text }) => text)
  const coreHours = isSame ? before.coreHours : await coreHoursOf(store, rows)
  const sites = await sitesSeen(store, rows, progress, rows.length > mostRowsToAddUp ? undefined : await hours())
  const words = pid === undefined ? 'workers run it' : 'an engine runs'
  const now: WatchNow = { rows, progress, notices, sites, waiting, coreHours, engine: isLive ? { isRunning: true, words } : restingWords() }
  seen.set(now, model)
  return now
}

/** Which model a picture was made from: the numbers of two models cannot be compared. */
const seen = new WeakMap<WatchNow, LiveModel>()

function restingWords(): WatchNow['engine'] {
  return { isRunning: false, words: `no engine runs; as of ${clockWords(Date.now())}` }
}

async function progressOf(store: Store, screenName: string | undefined): Promise<WatchNow['progress']> {
  return new Map((await store.progress(screenName)).map((each) => [each.calculationId, each.progress as RunProgress]))
}

const mostRowsToAddUp = 2000

async function coreHoursOf(store: Store, rows: WatchNow['rows']): Promise<number> {
  let sum = 0
  for (const name of new Set(rows.map(({ screen }) => screen))) sum += await store.coreHoursOfScreen(name)
  return sum
}

/** A site answered when its queue was read, and when a job there told how far it has come. */
async function sitesSeen(store: Store, rows: WatchNow['rows'], progress: WatchNow['progress'], hours: ReadonlyMap<string, number> | undefined): Promise<readonly WatchedSite[]> {
  const watches = new Map((await store.siteWatches()).map((watch) => [watch.site, watch]))
  const heard = new Map<string, string>()
  for (const { id, site } of rows) {
    const at = progress.get(id)?.at
    if (at !== undefined && at > (heard.get(site) ?? '')) heard.set(site, at)
  }
  return [...new Set(rows.map(({ site }) => site))].sort().map((name) => ({
    name,
    seenAt: [watches.get(name)?.seenAt, heard.get(name)].filter((at) => at !== undefined).sort().at(-1) ?? null,
    coreHours: hours === undefined ? null : (hours.get(name) ?? 0),
    fullReason: watches.get(name)?.fullReason ?? null,
  }))
}

async function readDetail(store: Store, id: string): Promise<WatchedDetail> {
  const explanation = await explainCalculation(store, id)
  return { id, explanation, result: keptResult(await store.result(id)) }
}

async function readLog(workspace: WorkspaceOptions, store: Store, id: string): Promise<readonly string[]> {
  const calculation = await store.calculation(id)
  if (calculation?.remoteFolder == null) return ['It has no folder yet.']
  const { transport } = openSite(calculation.site, workspace)
  try {
    const part = await lastLines(transport, `${calculation.remoteFolder}/vasp.out`, 200)
    return part === undefined ? ['vasp.out is not there yet.'] : part.text.trimEnd().split('\n')
  } finally {
    await transport.close()
  }
}
