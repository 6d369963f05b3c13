import { setImmediate as othersAskFirst } from 'node:timers/promises'
import { atMost } from './at-most.ts'
import type { EngineParts } from './engine-parts.ts'

/** The next round begins then, whatever became of the one before. */
const longestRoundMs = 10 * 60_000

interface Round {
  readonly asked: Set<string>
  readonly done: Promise<void>
}

/**
 * Work that many ask for in the same moment is done once for all of them: what is asked for while a round is at work goes together into
 * the next one. Whoever asked goes on when a round is over that began after the question. A round that hangs keeps nobody else for long.
 */
export function together(work: (parts: EngineParts, subjects: readonly string[]) => Promise<void>, longestMs = longestRoundMs): (parts: EngineParts, subjects: readonly string[]) => Promise<void> {
  const nextOf = new WeakMap<EngineParts, Round>()
  const lastOf = new WeakMap<EngineParts, Promise<unknown>>()
  return (parts, subjects) => {
    const round = nextOf.get(parts) ?? begin(parts)
    for (const each of subjects) round.asked.add(each)
    return round.done
  }

  function begin(parts: EngineParts): Round {
    const asked = new Set<string>()
    const last = lastOf.get(parts)
    const turn = last === undefined ? Promise.resolve() : atMost(longestMs, last)
    const done = turn.then(othersAskFirst).then(() => {
      nextOf.delete(parts)
      return work(parts, [...asked])
    })
    nextOf.set(parts, { asked, done })
    const over: Promise<unknown> = done.catch(() => undefined).finally(() => lastOf.get(parts) === over && lastOf.delete(parts))
    lastOf.set(parts, over)
    return { asked, done }
  }
}
