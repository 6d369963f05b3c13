import type { ScreenRecord, Store } from '../../ports/store.ts'
import type { ScreenDetail, ScreenInfo } from '../api-types.ts'
import type { LiveModel } from './live-model.ts'

/** The screens of the project as pages show them. */
export interface KnownScreen {
  readonly info: ScreenInfo
  readonly detail: ScreenDetail
}

/** Thousands of candidates are read and parsed again only when calculations have come, or after a while. */
export function knownScreens(store: Store, model: LiveModel, describe: (screen: ScreenRecord) => KnownScreen): () => Promise<readonly KnownScreen[]> {
  let kept: { readonly count: number; readonly atMs: number; readonly made: Promise<readonly KnownScreen[]> } | undefined
  return () => {
    const [count, nowMs] = [model.count(), performance.now()]
    if (kept !== undefined && kept.count === count && nowMs - kept.atMs < longestMs) return kept.made
    const made = store.screens().then((screens) => screens.map(describe))
    kept = { count, atMs: nowMs, made }
    made.catch(() => (kept = undefined))
    return made
  }
}

const longestMs = 20_000
