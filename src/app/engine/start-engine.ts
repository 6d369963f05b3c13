import { isKnownError, type KnownError } from '../../base/known-error.ts'
import type { Consumption, Task } from '../../ports/queue.ts'
import { isStaleRevision } from '../../ports/store-errors.ts'
import { advanceAfter } from './advance.ts'
import { askForReconcile } from './ask-for-reconcile.ts'
import { submissionsAtOnce } from './asked.ts'
import { collect } from './collect.ts'
import type { EngineParts } from './engine-parts.ts'
import { doubtInterrupted } from './doubt.ts'
import { countTrouble } from './count-trouble.ts'
import { failureOf } from './failure.ts'
import { fillSite } from './fill-site.ts'
import { startNotifying } from './notify.ts'
import { Pace } from './pace.ts'
import { secondsToNextPoll } from './next-poll.ts'
import { emptyPollMemory, poll } from './poll.ts'
import { reconcile } from './reconcile.ts'
import { isSiteTrouble, saySiteTrouble } from './site-trouble.ts'
import { submit } from './submit.ts'
import { TimeLimits } from './time-limits.ts'

export interface Engine {
  /** Stops taking tasks; jobs on the sites go on. */
  stop(): Promise<void>
}

const reconcileSeconds = 300

/** Starts all consumers in this process, after rebuilding the pending work from the store. */
export async function startEngine(parts: EngineParts): Promise<Engine> {
  await reconcile(parts, { isStart: true })
  const started = await Promise.all(engineStages.map((stage) => startStage(parts, stage)))
  return {
    stop: async () => {
      await Promise.all(started.map((each) => each.stop()))
    },
  }
}

/** The kinds of work of an engine; each may run in a process of its own when store and queue are servers. */
export const engineStages = ['submit', 'poll', 'collect', 'reconcile'] as const
export type EngineStage = (typeof engineStages)[number]

/** Starts one kind of work in this process. */
export async function startStage(parts: EngineParts, stage: EngineStage): Promise<Engine> {
  const limits = new TimeLimits(parts.clock)
  if (stage === 'poll') return startPolling(parts, limits)
  if (stage === 'reconcile') return startReconciling(parts, limits)
  if (stage === 'collect') return stoppable(limits, await consume(parts, 'collect', collectionsAtOnce, within(limits, (task) => collect(parts, task.subject))))
  await doubtInterrupted(parts, 0)
  return stoppable(limits, await consume(parts, 'submit', submissionsAtOnce, within(limits, (task) => submit(parts, task.subject))))
}

/** How many of them read files at a time is decided by their size. */
const collectionsAtOnce = 32

type Handle = (task: Task) => Promise<void>

function within(limits: TimeLimits, handle: Handle): Handle {
  return (task) => limits.within(task, () => handle(task))
}

/** The sites do not wait for each other; what one site's rounds share is used by one at a time. */
async function startPolling(parts: EngineParts, limits: TimeLimits): Promise<Engine> {
  const memory = emptyPollMemory()
  const pace = new Pace()
  const round = within(limits, ({ subject }) => poll(parts, subject, memory))
  const consumer = await consume(parts, 'poll', Math.max(1, parts.sites.size), (task) =>
    inRounds(parts, pace, task, () => secondsToNextPoll(parts, task.subject, memory), () => round(task)),
  )
  const stopping = new AbortController()
  const watching = watchRounds(parts, pace, stopping.signal)
  const engine = stoppable(limits, consumer)
  return {
    stop: async () => {
      stopping.abort()
      await Promise.all([watching, engine.stop()])
    },
  }
}

async function startReconciling(parts: EngineParts, limits: TimeLimits): Promise<Engine> {
  const consumer = await consume(parts, 'reconcile', 1, within(limits, () => reconcile(parts, { isStart: false })))
  const stopping = new AbortController()
  const rounds = reconcileInRounds(parts, stopping.signal)
  const notifying = startNotifying(parts)
  const engine = stoppable(limits, consumer)
  return {
    stop: async () => {
      stopping.abort()
      await Promise.all([rounds, engine.stop()])
      await notifying.stop()
    },
  }
}

function stoppable(limits: TimeLimits, consumer: Consumption): Engine {
  return { stop: () => limits.stop(consumer.close()) }
}

/** By this process's own clock: a promise inside the queue would be lost with a queue that was wiped. */
async function reconcileInRounds(parts: EngineParts, signal: AbortSignal): Promise<void> {
  for (;;) {
    await parts.clock.sleep(reconcileSeconds * 1000, signal)
    if (signal.aborted) return
    await askForReconcile(parts)
  }
}

function consume(parts: EngineParts, type: Task['type'], concurrency: number, handle: Handle): Promise<Consumption> {
  return parts.queue.consume(type, (task) => yieldToNewer(countTrouble(parts, task, () => handle(task))), {
    concurrency,
    attempts: 5,
    onGivenUp: (task, error) => giveUp(parts, task, error),
  })
}

/** Somebody else moved the calculation meanwhile: what we were about to do is out of date, and nothing is lost. */
async function yieldToNewer(work: Promise<void>): Promise<void> {
  try {
    await work
  } catch (error) {
    if (!isStaleRevision(error)) throw error
  }
}

async function inRounds(
  parts: EngineParts,
  pace: Pace,
  task: Task,
  secondsToNext: () => Promise<number>,
  round: () => Promise<void>,
): Promise<void> {
  const name = `${task.type}-${task.subject}`
  if (!pace.begin(name, parts.clock.now().getTime())) return
  const startedMs = parts.clock.now().getTime()
  try {
    await round()
  } finally {
    pace.end(name)
    // A clock that was set back during the round must not put the next one off.
    const dueMs = Math.min(startedMs, parts.clock.now().getTime()) + (await secondsToNext()) * 1000
    const nowMs = parts.clock.now().getTime()
    const delaySeconds = Math.max(0, dueMs - nowMs) / 1000
    pace.promise(name, dueMs, nowMs)
    await parts.queue.add(task, { delaySeconds, key: `${name}-${dueMs.toString(36)}` })
  }
}

/**
 * A queue that was emptied has lost the next look at a site, and nothing in it says so: a round that is long due is missed by this
 * process's own clock, and everything pending is rebuilt.
 */
async function watchRounds(parts: EngineParts, pace: Pace, signal: AbortSignal): Promise<void> {
  const now = (): number => parts.clock.now().getTime()
  for (const name of parts.sites.keys()) pace.promise(`poll-${name}`, now(), now())
  while (!signal.aborted) {
    const leftMs = (pace.missedAtMs(now()) ?? now() + longestWatchMs) - now()
    if (leftMs <= 0) await askForReconcile(parts)
    // Rebuilding looks at everything that waits: not again at once. A clock that is set back must not put the next watch off.
    await parts.clock.sleep(leftMs <= 0 ? longestWatchMs : Math.min(leftMs + 1000, longestWatchMs), signal)
  }
}

const longestWatchMs = 300_000

/** Nothing is decided about a calculation while its site is unwell: the same is tried again later, and it is said once. */
async function waitForSite(parts: EngineParts, task: Task, error: KnownError): Promise<void> {
  if (task.type !== 'collect' && task.type !== 'submit') return // those come again by themselves
  const calculation = await parts.store.calculation(task.subject)
  if (calculation === undefined) return
  saySiteTrouble(parts, calculation.site, error)
  const key = `${task.type}-again-${calculation.id}-${parts.clock.now().getTime().toString(36)}`
  await parts.queue.add(task, { delaySeconds: secondsUntilSiteIsAskedAgain, key })
}

const secondsUntilSiteIsAskedAgain = 60

/** One failure never stops the batch: the calculation waits for a person, the rest goes on. */
async function giveUp(parts: EngineParts, task: Task, error: Error): Promise<void> {
  if (isKnownError(error) && isSiteTrouble(error)) return waitForSite(parts, task, error)
  parts.say(`${task.type} ${task.subject} was given up: ${error.message}`)
  if (task.type !== 'collect' && task.type !== 'submit') return
  const calculation = await parts.store.calculation(task.subject)
  if (calculation === undefined || !['ready', 'staged', 'ended', 'collected'].includes(calculation.state)) return
  const failure = failureOf(error)
  await parts.store.transition(calculation, 'failed', { actor: task.type, reason: failure.message }, { failure })
  await advanceAfter(parts, [task.subject])
  await fillSite(parts, calculation.site)
}
