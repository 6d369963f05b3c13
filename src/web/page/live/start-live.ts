import { signal } from '@preact/signals'
import type { News, QuestionInfo, Snapshot } from '../../api-types.ts'
import { unpackRows } from '../../packed-rows.ts'
import { ApiError, getJson } from '../api.ts'
import { project, putRows, replaceRows } from './project.ts'

/** How the page stands to the server. */
export type Link = 'starting' | 'live' | 'away'

export const link = signal<Link>('starting')
export const trouble = signal<ApiError | undefined>(undefined)
export const questions = signal<readonly QuestionInfo[]>([])

/** The server says something at least every 15 s: longer silence is a connection that only seems open. */
const longestSilenceMs = 40_000

let sequence = 0
let source: EventSource | undefined
let heardMs = 0

/** Reads everything once, then follows the news; a page that slept asks for what it missed. */
export async function startLive(): Promise<void> {
  await readSnapshot()
  setInterval(reviveIfSilent, 10_000)
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') reviveIfSilent()
  })
  addEventListener('online', connect)
}

export async function readSnapshot(): Promise<void> {
  try {
    const { calculations, ...rest } = await getJson<Snapshot>('/api/snapshot')
    replaceRows(unpackRows(calculations))
    project.value = rest
    sequence = rest.sequence
    trouble.value = undefined
    connect()
  } catch (error) {
    trouble.value = error instanceof ApiError ? error : undefined
    link.value = 'away'
    if (!(error instanceof ApiError)) throw error
    if (error.code !== 'WEB_NO_SESSION') setTimeout(() => void readSnapshot(), 4000)
  }
}

function connect(): void {
  source?.close()
  source = new EventSource(`/api/news?after=${sequence}`)
  heardMs = Date.now()
  source.addEventListener('open', heard)
  source.addEventListener('rows', ({ data, lastEventId }: MessageEvent<string>) => {
    heard()
    sequence = Math.max(sequence, Number(lastEventId))
    takeNews(JSON.parse(data) as News)
  })
  source.addEventListener('here', heard)
  source.addEventListener('questions', ({ data }: MessageEvent<string>) => {
    heard()
    questions.value = JSON.parse(data) as readonly QuestionInfo[]
  })
  source.addEventListener('reload', () => void readSnapshot())
  source.addEventListener('error', () => (link.value = 'away'))
}

function heard(): void {
  heardMs = Date.now()
  link.value = 'live'
}

/** A screen that was added since is known by name only: everything is read again. */
function takeNews({ rows }: News): void {
  putRows(rows)
  const known = new Set(project.value?.screens.map(({ name }) => name))
  if (rows.some(({ screen }) => !known.has(screen))) void readSnapshot()
}

function reviveIfSilent(): void {
  const isClosed = source?.readyState === EventSource.CLOSED
  if (isClosed || Date.now() - heardMs > longestSilenceMs) connect()
}
