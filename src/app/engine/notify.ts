import type { Digest, Notice, NoticeKind, Notifier } from '../../ports/notifier.ts'
import type { CalculationSummary, EventRecord } from '../../ports/store.ts'
import type { EngineParts } from './engine-parts.ts'

type Parts = Pick<EngineParts, 'store' | 'clock' | 'say' | 'notifiers'>

/** How often the newest event is asked for; a digest is never older than this and its own time. */
const lookSeconds = 5
/** A notifier that fails so often with the same notices loses them: the store has them all the same. */
const mostTries = 3

export interface Notifying {
  /** Sends what is left, then ends. */
  stop(): Promise<void>
}

/** Nobody waits longer for a hook that hangs when the engine stops; what it was to tell is told by the next engine. */
const longestGoodbyeMs = 5_000

/**
 * Tells people of ends: the first at once, what follows together. Nothing that goes wrong here reaches the engine, and no notifier
 * waits for another.
 */
export function startNotifying(parts: Parts, everySeconds = lookSeconds): Notifying {
  const [stopping, gone] = [new AbortController(), new AbortController()]
  const told = (parts.notifiers ?? []).map((notifier, i) => {
    const teller = new Teller(parts, notifier, `${i}/${notifier.name}`, gone.signal)
    const look = (isLast: boolean) => teller.look(isLast).catch((error: Error) => parts.say(`Notifications: ${error.message}`))
    return inRounds(parts, look, everySeconds, stopping.signal)
  })
  return {
    stop: async () => {
      stopping.abort()
      const patience = setTimeout(() => gone.abort(), longestGoodbyeMs)
      await Promise.all(told)
      clearTimeout(patience)
    },
  }
}

/** Until it is to stop, and then once more. */
async function inRounds({ clock }: Parts, look: (isLast: boolean) => Promise<void>, everySeconds: number, stopping: AbortSignal): Promise<void> {
  await look(false)
  while (!stopping.aborted) {
    await clock.sleep(everySeconds * 1000, stopping)
    if (!stopping.aborted) await look(false)
  }
  await look(true)
}

/** One notifier with its own place in the log, which the store keeps: a restart tells nothing twice and forgets nothing. */
class Teller {
  readonly #parts: Parts
  readonly #notifier: Notifier
  readonly #mark: string
  readonly #gone: AbortSignal
  #pending: Notice[] = []
  #readUpTo: number | undefined
  #sentAtMs = -Infinity
  #tries = 0

  constructor(parts: Parts, notifier: Notifier, name: string, gone: AbortSignal) {
    this.#parts = parts
    this.#gone = gone
    this.#notifier = notifier
    this.#mark = `notified/${name}`
  }

  async look(isLast: boolean): Promise<void> {
    await this.#read()
    if (this.#pending.length === 0) return
    const isDue = this.#parts.clock.now().getTime() - this.#sentAtMs >= this.#notifier.digestSeconds * 1000
    if (isDue || isLast) await this.#send()
  }

  async #read(): Promise<void> {
    const { store } = this.#parts
    const newest = await store.lastSequence()
    if (this.#readUpTo === undefined) {
      const known = await store.mark(this.#mark)
      this.#readUpTo = known === undefined ? newest : Number(known)
      if (known === undefined) await store.saveMark(this.#mark, String(newest))
    }
    if (newest <= this.#readUpTo) return
    const events = await store.events({ afterSequence: this.#readUpTo })
    this.#readUpTo = events.at(-1)?.sequence ?? this.#readUpTo
    const notices = await noticesOf(this.#parts, events)
    this.#pending.push(...notices.filter(({ kind }) => this.#notifier.kinds.includes(kind)))
    if (this.#pending.length === 0) await store.saveMark(this.#mark, String(this.#readUpTo))
  }

  async #send(): Promise<void> {
    this.#sentAtMs = this.#parts.clock.now().getTime()
    try {
      await this.#notifier.send(await digestOf(this.#parts, this.#pending), this.#gone)
      this.#tries = 0
    } catch (error) {
      this.#tries += 1
      const isGivenUp = this.#tries >= mostTries && !this.#gone.aborted
      this.#parts.say(`${(error as Error).message}${isGivenUp ? ' It is given up.' : ' It is tried again.'}`)
      if (!isGivenUp) return
      this.#tries = 0
    }
    this.#pending = []
    await this.#parts.store.saveMark(this.#mark, String(this.#readUpTo ?? 0))
  }
}

/** Failures that wait for a word rather than for a cure. */
const asking: readonly string[] = ['INPUTS_EDITED', 'RERUN_BY_HAND', 'CONSENT_NEEDED']

/** One question for all of them, however many ended at once. */
async function noticesOf({ store }: Parts, events: readonly EventRecord[]): Promise<readonly Notice[]> {
  // From done to done: its large files were removed.
  const ends = events.filter(({ from, to }) => from !== to && (to === 'done' || to === 'failed'))
  if (ends.length === 0) return []
  const ids = [...new Set(ends.map(({ calculationId }) => calculationId))]
  const known = new Map((await store.summaries({ ids, withObsolete: true })).map((each) => [each.id, each]))
  return ends.flatMap((event) => {
    const calculation = known.get(event.calculationId)
    return calculation === undefined ? [] : [noticeOf(calculation, event)]
  })
}

function noticeOf({ screenName, failure }: CalculationSummary, { calculationId, to, at, reason }: EventRecord): Notice {
  const kind: NoticeKind = to === 'done' ? 'finished' : asking.includes(failure?.code ?? '') ? 'needs-attention' : 'failed'
  return { kind, calculationId, screenName, at, message: to === 'done' ? '' : reason, remedy: failure?.remedy ?? '' }
}

/** A digest is read by people and by chat services, which refuse more than some hundred kilobytes. */
const mostSent = 100

async function digestOf({ store }: Parts, notices: readonly Notice[]): Promise<Digest> {
  const names = [...new Set(notices.map(({ screenName }) => screenName))]
  const counts = await Promise.all(names.map(async (name) => [name, countsOf(await store.summaries({ screenName: name }))] as const))
  const screens = Object.fromEntries(counts)
  const urgent = kindsByUrgency.flatMap((kind) => notices.filter((notice) => notice.kind === kind)).slice(0, mostSent)
  const sent = notices.filter((notice) => urgent.includes(notice))
  return { text: textOf(notices, screens), notices: sent, noticeCount: notices.length, screens }
}

function countsOf(calculations: readonly { readonly state: string }[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const { state } of calculations) counts[state] = (counts[state] ?? 0) + 1
  return counts
}

const mostNamed = 5
const kindsByUrgency = ['needs-attention', 'failed', 'finished'] as const

function textOf(notices: readonly Notice[], screens: Digest['screens']): string {
  const lines = kindsByUrgency.flatMap((kind) => {
    const own = notices.filter((notice) => notice.kind === kind)
    if (own.length === 0) return []
    const named = own.slice(0, mostNamed).map(({ calculationId, message }) => (message === '' ? calculationId : `${calculationId}: ${message}`))
    const more = own.length > mostNamed ? [`and ${own.length - mostNamed} more`] : []
    return [`${own.length} ${kind.replace('-', ' ')}: ${[...named, ...more].join('; ')}`]
  })
  const standing = Object.entries(screens).map(([name, counts]) => `${name}: ${Object.entries(counts).map(([state, count]) => `${count} ${state}`).join(', ')}`)
  return [...lines, ...standing].join('\n')
}
