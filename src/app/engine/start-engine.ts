import type { Consumption, Task } from '../../ports/queue.ts'
import { isStaleRevision } from '../../ports/store-errors.ts'
import { advance } from './advance.ts'
import { collect } from './collect.ts'
import { siteOf, type EngineParts } from './engine-parts.ts'
import { failureOf } from './failure.ts'
import { fillSite } from './fill-site.ts'
import { Pace } from './pace.ts'
import { poll, type MissingSince } from './poll.ts'
import { reconcile } from './reconcile.ts'
import { submit } from './submit.ts'

export interface Engine {
  /** Stops taking tasks; jobs on the sites go on. */
  stop(): Promise<void>
}

const reconcileSeconds = 300

/** Starts all consumers in this process, after rebuilding the pending work from the store. */
export async function startEngine(parts: EngineParts): Promise<Engine> {
  await reconcile(parts, { isStart: true })
  const missing: MissingSince = new Map()
  const pace = new Pace()
  const consumers = await Promise.all([
    consume(parts, 'submit', 2, (id) => submit(parts, id)),
    consume(parts, 'collect', 2, (id) => collect(parts, id)),
    consume(parts, 'poll', 1, (site) => {
      const task = { type: 'poll', subject: site } as const
      return inRounds(parts, pace, task, siteOf(parts, site).site.pollSeconds, () => poll(parts, site, missing))
    }),
    consume(parts, 'reconcile', 1, () => reconcile(parts, { isStart: false })),
  ])
  const stopping = new AbortController()
  const rounds = reconcileInRounds(parts, stopping.signal)
  return {
    stop: async () => {
      stopping.abort()
      await Promise.all([rounds, ...consumers.map((consumer) => consumer.close())])
    },
  }
}

/** By this process's own clock: a promise inside the queue would be lost with a queue that was wiped. */
async function reconcileInRounds(parts: EngineParts, signal: AbortSignal): Promise<void> {
  for (;;) {
    await parts.clock.sleep(reconcileSeconds * 1000, signal)
    if (signal.aborted) return
    await parts.queue.add({ type: 'reconcile', subject: 'all' }).catch((error: Error) => parts.say(error.message))
  }
}

function consume(
  parts: EngineParts,
  type: Task['type'],
  concurrency: number,
  handle: (subject: string) => Promise<void>,
): Promise<Consumption> {
  return parts.queue.consume(type, (task) => yieldToNewer(handle(task.subject)), {
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
  everySeconds: number,
  round: () => Promise<void>,
): Promise<void> {
  const name = `${task.type}-${task.subject}`
  if (pace.isExtra(name, parts.clock.now().getTime())) return
  const dueMs = parts.clock.now().getTime() + everySeconds * 1000
  try {
    await round()
  } finally {
    pace.promise(name, dueMs)
    await parts.queue.add(task, { delaySeconds: everySeconds, key: `${name}-${dueMs.toString(36)}` })
  }
}

/** One failure never stops the batch: the calculation waits for a person, the rest goes on. */
async function giveUp(parts: EngineParts, task: Task, error: Error): Promise<void> {
  parts.say(`${task.type} ${task.subject} was given up: ${error.message}`)
  if (task.type !== 'collect' && task.type !== 'submit') return
  const calculation = await parts.store.calculation(task.subject)
  if (calculation === undefined || !['ready', 'staged', 'ended', 'collected'].includes(calculation.state)) return
  const failure = failureOf(error)
  await parts.store.transition(calculation, 'failed', { actor: task.type, reason: failure.message }, { failure })
  await advance(parts)
  await fillSite(parts, calculation.site)
}
