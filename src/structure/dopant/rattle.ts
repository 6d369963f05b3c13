import { randomDirection, seededRandom } from '../../base/seeded-random.ts'
import { scale } from '../../base/vector.ts'
import { withSites, type Structure } from '../structure.ts'
import { displacedSite } from './displace.ts'

/**
 * Moves every free atom by the same length in a random direction of its own.
 *
 * The direction depends on the seed and the atom's label only, so that the same atom starts alike in every candidate of
 * a series. Frozen coordinates stay.
 */
export function rattle(structure: Structure, amplitudeAngstrom: number, seed: string): Structure {
  const sites = structure.sites.map((site, index) => {
    const random = seededRandom(`rattle ${seed} ${site.label ?? `${site.element} ${index}`}`)
    return displacedSite(structure, site, scale(randomDirection(random), amplitudeAngstrom))
  })
  return withSites(structure, sites)
}
