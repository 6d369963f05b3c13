import { KnownError } from '../../base/known-error.ts'
import type { Store } from '../../ports/store.ts'
import { screenNamed } from './screen-results.ts'

export class RevisionUnknownError extends KnownError {
  readonly code = 'REVISION_UNKNOWN'
  readonly remedy: string
  constructor(screenName: string, revision: number, count: number) {
    super(`The screen ${screenName} has no revision ${revision}.`)
    this.remedy = count === 0 ? 'Run the screen once more, so that its text is kept.' : `Choose one from 1 to ${count}.`
  }
}

/**
 * The store as it answers for an earlier text of a screen: the members of that text with the calculations that it asked for,
 * obsolete or not. Only for reading.
 *
 * @throws ScreenUnknownError, RevisionUnknownError
 */
export async function storeAtRevision(store: Store, screenName: string, revision: number): Promise<Store> {
  const screen = await screenNamed(store, screenName)
  const all = await store.screenRevisions(screenName)
  const then = all.find((each) => each.revision === revision)
  if (then === undefined) throw new RevisionUnknownError(screenName, revision, all.length)
  const asked = new Set(then.calculationIds)
  const isThen = ({ id }: { readonly id: string }): boolean => asked.has(id)
  return {
    ...store,
    screen: async (name) => (name === screenName ? { ...screen, text: then.text, candidates: then.candidates } : store.screen(name)),
    calculations: async (filter = {}) => (await store.calculations({ ...filter, withObsolete: true })).filter(isThen),
    summaries: async (filter = {}) => (await store.summaries({ ...filter, withObsolete: true })).filter(isThen),
  }
}
