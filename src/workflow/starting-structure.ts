import { rattle } from '../structure/dopant/rattle.ts'
import { withoutLabels } from '../structure/delithiation.ts'
import { withSites, type Structure } from '../structure/structure.ts'
import type { FollowingStart, StartingPoint } from './planned-calculation.ts'
import { placedInRelaxedHost } from './relaxed-host.ts'

/** The atoms of a step that follows another, which left `upstream`. */
export function startingStructure(upstream: Structure, start: FollowingStart): Structure {
  return start.kind === 'relaxed-host' ? placedInRelaxedHost(upstream, start) : changedAndRattled(upstream, start)
}

/** Without the ions that leave, with new moments, and rattled. */
function changedAndRattled(upstream: Structure, start: Extract<StartingPoint, { kind: 'relaxed' }>): Structure {
  const kept = withoutLabels(upstream, start.removedLabels)
  const { momentsMuB = {} } = start
  const sites = kept.sites.map((site) => {
    const momentMuB = momentsMuB[site.label ?? '']
    return momentMuB === undefined ? site : { ...site, magneticMomentMuB: momentMuB }
  })
  const withNewMoments = withSites(kept, sites)
  return start.rattleAngstrom === 0
    ? withNewMoments
    : rattle(withNewMoments, start.rattleAngstrom, start.seed)
}
