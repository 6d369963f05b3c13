import { KnownError } from '../../base/known-error.ts'
import type { AttemptRecord } from '../../ports/attempt.ts'
import type { Clock } from '../../ports/clock.ts'
import type { ObjectStock, StockedObject } from '../../ports/objects.ts'
import type { Store } from '../../ports/store.ts'

/** The store and the copies cannot belong together. */
export class ObjectsOfAnotherStoreError extends KnownError {
  readonly code = 'OBJECTS_OF_ANOTHER_STORE'
  readonly remedy = 'Is DATABASE_URL set as it was when the screens ran? `dopant status` shows what this store knows.'
  constructor(count: number) {
    super(`None of the ${count} kept files belongs to anything that this store knows: nothing is removed.`)
  }
}

export interface UnusedObjects {
  /** Referenced by no attempt, and put by nobody for so long. */
  readonly unused: readonly StockedObject[]
  readonly keptCount: number
  readonly keptBytes: number
  /** Not referenced either, but so young that somebody may be about to. */
  readonly youngCount: number
  /** Older than this, a file is not about to be referenced. */
  readonly before: Date
}

/** What an engine puts is in the store within moments; what a stopped one put is put again when it goes on. */
export const leastAgeHours = 24

/**
 * Copies of inputs and outputs that no attempt of any screen refers to, obsolete ones included. Safe beside an engine: the
 * files are listed before the references are read, and young ones stay.
 *
 * @throws ObjectsOfAnotherStoreError when nothing of what is there is known
 */
export async function unusedObjects(store: Store, stock: ObjectStock, clock: Clock, ageHours = leastAgeHours): Promise<UnusedObjects> {
  const before = new Date(clock.now().getTime() - ageHours * 3_600_000)
  await stock.mend(before)
  const all = await stock.list()
  const known = await referenced(store)
  const kept = all.filter(({ sha256 }) => known.has(sha256))
  if (all.length > 0 && kept.length === 0) throw new ObjectsOfAnotherStoreError(all.length)
  const rest = all.filter(({ sha256 }) => !known.has(sha256))
  const unused = rest.filter(({ touchedAt }) => touchedAt < before)
  return { unused, keptCount: kept.length, keptBytes: sumBytes(kept), youngCount: rest.length - unused.length, before }
}

/** Removes them, but for those that somebody put again meanwhile. @returns those that went */
export async function removeUnused(stock: ObjectStock, { unused, before }: UnusedObjects): Promise<readonly StockedObject[]> {
  const gone: StockedObject[] = []
  for (const object of unused) if (await stock.remove(object.sha256, before)) gone.push(object)
  return gone
}

export function sumBytes(objects: readonly StockedObject[]): number {
  return objects.reduce((sum, { bytes }) => sum + bytes, 0)
}

async function referenced(store: Store): Promise<ReadonlySet<string>> {
  const known = new Set<string>()
  const screens = new Set((await store.summaries({ withObsolete: true })).map(({ screenName }) => screenName))
  for (const screen of screens) {
    for (const attempt of await store.attemptsOfScreen(screen)) for (const sha256 of filesOf(attempt)) known.add(sha256)
  }
  return known
}

function filesOf({ inputSha256, outputs, adopted }: AttemptRecord): readonly string[] {
  const read = Object.values(outputs ?? {}).map(({ sha256 }) => sha256)
  return [...Object.values(inputSha256 ?? {}), ...read, ...Object.values(adopted?.inputSha256 ?? {}), ...Object.values(adopted?.outputSha256 ?? {})]
}
