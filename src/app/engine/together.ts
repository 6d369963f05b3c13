import { setImmediate as othersAskFirst } from 'node:timers/promises'
import type { EngineParts } from './engine-parts.ts'

interface Round {
  readonly asked: Set<string>
  readonly done: Promise<void>
}

/**
 * Work that many ask for in the same moment is done once for all of them: what is asked for while a round is at work goes together into
 * the next one. Whoever asked goes on when a round is over that began after the question.
 */
export function together(work: (parts: EngineParts, subjects: readonly string[]) => Promise<void>): (parts: EngineParts, subjects: readonly string[]) => Promise<void> {
  const nextOf = new WeakMap<EngineParts, Round>()
  const lastOf = new WeakMap<EngineParts, Promise<unknown>>()
  return (parts, subjects) => {
    const round = nextOf.get(parts) ?? begin(parts)
    for (const each of subjects) round.asked.add(each)
    return round.done
  }

  function begin(parts: EngineParts): Round {
    const asked = new Set<string>()
    const done = (lastOf.get(parts) ?? Promise.resolve()).then(othersAskFirst).then(() => {
      nextOf.delete(parts)
      return work(parts, [...asked])
    })
    nextOf.set(parts, { asked, done })
    lastOf.set(parts, done.catch(() => undefined))
    return { asked, done }
  }
}
