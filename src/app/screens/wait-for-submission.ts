import { startable } from '../engine/fill-site.ts'
import { siteOf, type EngineParts } from '../engine/engine-parts.ts'
import { isSeen, placesOf } from '../engine/places.ts'

/**
 * Waits until every calculation of a screen that may be submitted now has been: what is left waits for results, for a
 * place, or for core-hours.
 *
 * @returns false when time ran out or the signal stopped it before
 */
export async function waitForSubmission(
  parts: EngineParts,
  screenName: string,
  { timeoutSeconds, signal }: { readonly timeoutSeconds: number; readonly signal?: AbortSignal },
): Promise<boolean> {
  const endMs = parts.clock.now().getTime() + timeoutSeconds * 1000
  for (;;) {
    if (!(await isMoreToSubmit(parts, screenName))) return true
    if (signal?.aborted === true || parts.clock.now().getTime() >= endMs) return false
    await parts.clock.sleep(refreshMilliseconds, signal)
  }
}

async function isMoreToSubmit(parts: EngineParts, screenName: string): Promise<boolean> {
  const open = await parts.store.summaries({ screenName, states: ['ready', 'staged', 'submitting', 'submit-unknown'] })
  for (const name of new Set(open.map(({ site }) => site))) {
    const places = await placesOf(parts, siteOf(parts, name).site)
    if (!isSeen(parts, name, places)) return true
    const here = open.filter(({ site }) => site === name)
    if (here.some(({ state }) => state === 'submitting' || state === 'submit-unknown')) return true
    if (places.hold !== undefined || places.watch?.fullReason != null) continue
    if (here.some(({ state }) => state === 'staged')) return true
    const next = await startable(parts, name, places.free)
    if (next.some((each) => each.screenName === screenName)) return true
  }
  return false
}

const refreshMilliseconds = 300
