import type { Store } from '../../ports/store.ts'
import { callOwner } from './call-owner.ts'
import { OwnerGoneError } from './ownership-errors.ts'
import type { OwnerHandlers } from './serve-owner.ts'

/** Everything a store can be asked from outside; `close` stays with the owner. */
const storeMethods = [
  'saveScreen',
  'screen',
  'screens',
  'addCalculations',
  'calculation',
  'calculations',
  'summaries',
  'count',
  'transition',
  'saveResult',
  'result',
  'results',
  'events',
  'remark',
  'lastSequence',
  'attempts',
  'attemptsOfScreen',
  'coreHoursOfScreen',
  'saveProgress',
  'progress',
  'acceptCorrection',
  'acceptedCorrections',
  'screenBudgets',
  'addTraffic',
  'traffic',
  'saveSiteWatch',
  'siteWatches',
  'saveSiteHold',
  'siteHolds',
  'releaseSite',
  'saveJobNotices',
  'jobNotices',
  'growScreen',
  'screenRevisions',
  'saveScreenOptions',
  'setPriority',
  'moveToSite',
  'finishedWith',
  'countTrouble',
  'troubles',
  'forgetTrouble',
  'mark',
  'saveMark',
] as const satisfies readonly Exclude<keyof Store, 'close'>[]

type StoreMethod = Exclude<keyof Store, 'close'>

/** The owner's side: one handler for every method of the store. */
export function storeHandlers(store: Store): OwnerHandlers {
  const handlerOf = (method: StoreMethod) => (params: unknown) => {
    const call = store[method].bind(store) as (...args: readonly unknown[]) => Promise<unknown>
    return call(...(Array.isArray(params) ? params.map((each) => each ?? undefined) : []))
  }
  return Object.fromEntries(storeMethods.map((method) => [`store.${method}`, handlerOf(method)]))
}

/** The same store, seen from another process while its owner runs. Closing it changes nothing for the owner. */
export function ownerStore(key: string): Store {
  const ask = async (method: StoreMethod, args: readonly unknown[]): Promise<unknown> => {
    const answer = await callOwner(key, `store.${method}`, args)
    if (answer === undefined) throw new OwnerGoneError('there is none')
    return answer.result
  }
  const methods = storeMethods.map((method) => [method, (...args: readonly unknown[]) => ask(method, args)])
  return { ...(Object.fromEntries(methods) as Omit<Store, 'close'>), close: async () => {} }
}
