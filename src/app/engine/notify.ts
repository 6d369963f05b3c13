import type { Digest, Notice, NoticeKind, Notifier } from '../../ports/notifier.ts'
import type { EventRecord } from '../../ports/store.ts'
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

/** Tells people of ends: the first at once, what follows together. Nothing that goes wrong here reaches the engine. */
export function startNotifying(parts: Parts, everySeconds = lookSeconds): Notifying {
  const stopping = new AbortController()
  const all = (parts.notifiers ?? []).map((notifier, i) => new Teller(parts, notifier, `${i}/${notifier.name}`))
  const look = async (isLast: boolean): Promise<void> => {
    for (const teller of all) {
      await teller.look(isLast).catch((error: Error) => parts.say(`Notifications: ${error.message}`))
    }
  }
  const rounds = (async () => {
    await look(false)
    while (all.length > 0 && !stopping.signal.aborted) {
      await parts.clock.sleep(everySeconds * 1000, stopping.signal)
      if (!stopping.signal.aborted) await look(false)
    }
  })()
  return {
    stop: async () => {
      stopping.abort()
      await rounds
      await look(true)
    },
  }
}

/** One notifier with its own place in the log, which the store keeps: a restart tells nothing twice and forgets nothing. */
class Teller {
  readonly #parts: Parts
  readonly #notifier: Notifier
  readonly #mark: string
  #pending: Notice[] = []
  #readUpTo: number | undefined
  #sentAtMs = -Infinity
  #tries = 0

  constructor(parts: Parts, notifier: Notifier, name: string) {
    this.#parts = parts
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
    const notices = await Promise.all(events.map((event) => noticeOf(this.#parts, event)))
    this.#pending.push(...notices.filter((each) => each !== undefined).filter(({ kind }) => this.#notifier.kinds.includes(kind)))
    if (this.#pending.length === 0) await store.saveMark(this.#mark, String(this.#readUpTo))
  }

  async #send(): Promise<void> {
    this.#sentAtMs = this.#parts.clock.now().getTime()
    try {
      await this.#notifier.send(await digestOf(this.#parts, this.#pending))
      this.#tries = 0
    } catch (error) {
      this.#tries += 1
      this.#parts.say(`${(error as Error).message}${this.#tries < mostTries ? ' It is tried again.' : ' It is given up.'}`)
      if (this.#tries < mostTries) return
      this.#tries = 0
    }
    this.#pending = []
    await this.#parts.store.saveMark(this.#mark, String(this.#readUpTo ?? 0))
  }
}

/** Failures that wait for a word rather than for a cure. */
const asking: readonly string[] = ['INPUTS_EDITED', 'RERUN_BY_HAND', 'CONSENT_NEEDED']

async function noticeOf({ store }: Parts, event: EventRecord): Promise<Notice | undefined> {
  // From done to done: its large files were removed.
  if (event.from === event.to || (event.to !== 'done' && event.to !== 'failed')) return undefined
  const calculation = await store.calculation(event.calculationId)
  if (calculation === undefined) return undefined
  const { screenName, failure } = calculation
  const kind: NoticeKind = event.to === 'done' ? 'finished' : asking.includes(failure?.code ?? '') ? 'needs-attention' : 'failed'
  const message = event.to === 'done' ? '' : event.reason
  return { kind, calculationId: event.calculationId, screenName, at: event.at, message, remedy: failure?.remedy ?? '' }
}

async function digestOf({ store }: Parts, notices: readonly Notice[]): Promise<Digest> {
  const names = [...new Set(notices.map(({ screenName }) => screenName))]
  const counts = await Promise.all(names.map(async (name) => [name, countsOf(await store.summaries({ screenName: name }))] as const))
  const screens = Object.fromEntries(counts)
  return { text: textOf(notices, screens), notices, screens }
}

function countsOf(calculations: readonly { readonly state: string }[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const { state } of calculations) counts[state] = (counts[state] ?? 0) + 1
  return counts
}

const mostNamed = 5

function textOf(notices: readonly Notice[], screens: Digest['screens']): string {
  const lines = (['needs-attention', 'failed', 'finished'] as const).flatMap((kind) => {
    const own = notices.filter((notice) => notice.kind === kind)
    if (own.length === 0) return []
    const named = own.slice(0, mostNamed).map(({ calculationId, message }) => (message === '' ? calculationId : `${calculationId}: ${message}`))
    const more = own.length > mostNamed ? [`and ${own.length - mostNamed} more`] : []
    return [`${own.length} ${kind.replace('-', ' ')}: ${[...named, ...more].join('; ')}`]
  })
  const standing = Object.entries(screens).map(([name, counts]) => `${name}: ${Object.entries(counts).map(([state, count]) => `${count} ${state}`).join(', ')}`)
  return [...lines, ...standing].join('\n')
}
