import type { Site } from '../../ports/site.ts'
import type { EngineParts } from './engine-parts.ts'
import { holdOf } from './held-site.ts'
import { countsOthers } from './places.ts'

/** Why nothing is handed to a site's batch system now: its definition is refused, or it takes no more jobs; undefined while it is open. */
export async function whyShut({ store }: Pick<EngineParts, 'store'>, site: Site): Promise<'held' | 'full' | undefined> {
  if ((await holdOf(store, site)) !== undefined) return 'held'
  if (!countsOthers(site)) return undefined
  const watch = (await store.siteWatches()).find((each) => each.site === site.name)
  return watch?.fullReason == null ? undefined : 'full'
}
