import type { EngineParts } from './engine-parts.ts'

const askedBy = new WeakMap<EngineParts, Map<string, number>>()
/** Submissions that one process prepares side by side; how many it hands to a batch system at a time is another number. */
export const submissionsAtOnce = 32
/** After so long it is asked again, in case that the task was lost with its queue. */
const asksAgainMs = 20_000

/**
 * Asks for submissions, in one call, unless this process has done so a moment ago: the head of a long line is looked at after every
 * end, and most of it was asked for before.
 */
export async function askForSubmissions(parts: EngineParts, ids: readonly string[]): Promise<void> {
  const asked = askedBy.get(parts) ?? new Map<string, number>()
  askedBy.set(parts, asked)
  const nowMs = parts.clock.now().getTime()
  // A clock may be set back.
  const fresh = ids.filter((id) => Math.abs(nowMs - (asked.get(id) ?? -Infinity)) >= asksAgainMs)
  await parts.queue.addMany(fresh.map((subject) => ({ type: 'submit', subject })))
  for (const id of fresh) asked.set(id, nowMs)
}

/** Its task has come up: the next wish is a new one. */
export function forgetAsked(parts: EngineParts, id: string): void {
  askedBy.get(parts)?.delete(id)
}
