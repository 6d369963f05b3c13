import { isElement } from '../../base/elements-data.ts'
import type { Vector3 } from '../../base/vector.ts'
import { freeLabel } from '../labels.ts'
import { withSites, type Structure } from '../structure.ts'
import { DopantElementError } from './dopant-errors.ts'
import type { Dopant } from './substitute.ts'

/**
 * Adds an ion at a fractional position, behind all other sites.
 *
 * @throws DopantElementError
 */
export function addInterstitial(
  structure: Structure,
  fractional: Vector3,
  dopant: Dopant,
): { readonly structure: Structure; readonly index: number; readonly label: string } {
  if (!isElement(dopant.element)) throw new DopantElementError(dopant.element)
  const label = freeLabel(dopant.element, structure.sites)
  const site = { ...dopant, fractional, label }
  return { structure: withSites(structure, [...structure.sites, site]), index: structure.sites.length, label }
}
