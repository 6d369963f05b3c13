import type { Hono } from 'hono'
import { streamSSE, type SSEStreamingApi } from 'hono/streaming'
import type { News } from '../../api-types.ts'
import type { CalculationRow } from '../../calculation-row.ts'
import type { LiveModel } from '../live-model.ts'
import type { Questions } from '../questions.ts'

/** A word that keeps tunnels open and tells the page that we are still there. */
const heartbeatMs = 15_000
/** Changes that come within this time go in one message. */
const gatherMs = 250

/**
 * News as server-sent events. A page that was away (sleep, a tunnel that fell) gives the number of its last event, in
 * the header that browsers send or as `after`, and gets what it missed before anything new.
 */
export function addNews(app: Hono, model: LiveModel, questions: Questions): void {
  app.get('/api/news', (context) => {
    const after = Number(context.req.header('last-event-id') ?? context.req.query('after') ?? Number.NaN)
    return streamSSE(context, (stream) => follow(stream, model, questions, after))
  })
}

async function follow(stream: SSEStreamingApi, model: LiveModel, questions: Questions, after: number): Promise<void> {
  const pending = new Map<string, CalculationRow>()
  const bell = newBell()
  const stopModel = model.listen(({ rows }) => {
    for (const row of rows) pending.set(row.id, row)
    bell.ring()
  })
  let hasQuestions = questions.open().length > 0
  const stopQuestions = questions.listen(() => {
    hasQuestions = true
    bell.ring()
  })
  stream.onAbort(() => {
    stopModel()
    stopQuestions()
    bell.ring()
  })
  await catchUp(stream, model, after)
  while (!stream.aborted) {
    if (pending.size === 0 && !hasQuestions) {
      const isNews = await bell.wait(heartbeatMs)
      if (!isNews && !stream.aborted) await stream.writeSSE({ event: 'here', data: '1' })
      if (isNews) await stream.sleep(gatherMs)
      continue
    }
    if (hasQuestions) await stream.writeSSE({ event: 'questions', data: JSON.stringify(questions.open()) })
    hasQuestions = false
    if (pending.size === 0) continue
    const rows = [...pending.values()]
    pending.clear()
    await send(stream, { sequence: model.sequence(), rows })
  }
}

async function catchUp(stream: SSEStreamingApi, model: LiveModel, after: number): Promise<void> {
  await model.refresh()
  const sequence = model.sequence()
  if (!Number.isSafeInteger(after) || after > sequence) return stream.writeSSE({ event: 'reload', data: '{}' })
  const missed = await model.rowsSince(after)
  if (missed === undefined) return stream.writeSSE({ event: 'reload', data: '{}' })
  await send(stream, { sequence, rows: missed })
}

function send(stream: SSEStreamingApi, news: News): Promise<void> {
  return stream.writeSSE({ event: 'rows', id: String(news.sequence), data: JSON.stringify(news) })
}

interface Bell {
  ring(): void
  /** True when it rang, false when the time was over. */
  wait(ms: number): Promise<boolean>
}

function newBell(): Bell {
  let wake: ((isNews: boolean) => void) | undefined
  const wait = (ms: number): Promise<boolean> =>
    new Promise((resolve) => {
      const timer = setTimeout(() => wake?.(false), ms)
      wake = (isNews) => {
        clearTimeout(timer)
        wake = undefined
        resolve(isNews)
      }
    })
  return { ring: () => wake?.(true), wait }
}
