import type { CalculationRecord, CalculationSummary, Store } from '../../ports/store.ts'

type StartStore = Pick<Store, 'summaries' | 'attempts'>

/**
 * The calculation before this one that was given another attempt, or was run again by hand, after this one's inputs were made; its result is not
 * the one that this attempt started from.
 */
export async function redoneBefore(store: StartStore, { id, attempt, dependsOn }: CalculationRecord): Promise<CalculationSummary | undefined> {
  if (dependsOn.length === 0) return undefined
  const stagedAt = (await store.attempts(id)).find((each) => each.attempt === attempt)?.stagedAt
  for (const before of await store.summaries({ ids: dependsOn })) {
    if (before.state !== 'done') return before
    // Both times are of this machine's clock.
    const last = (await store.attempts(before.id)).at(-1)
    const times = [last?.stagedAt, last?.adopted?.at].flatMap((time) => time ?? [])
    if (stagedAt !== undefined && times.some((time) => Date.parse(time) > Date.parse(stagedAt))) return before
  }
  return undefined
}
