import { isElement } from '../../base/elements-data.ts'
import { freeLabel } from '../labels.ts'
import { withSites, type Site, type Structure } from '../structure.ts'
import { DopantElementError, SiteNotFoundError } from './dopant-errors.ts'

/** An ion that is put into a host. */
export interface Dopant {
  readonly element: string
  /** Formal charge in e. */
  readonly oxidationState?: number
}

export interface Substituted {
  /** Same order of sites as before. */
  readonly structure: Structure
  readonly index: number
  /** `B-1`: the first free label of the element. */
  readonly label: string
  /** Label of the ion that left, when it had one. */
  readonly replaced?: string
}

/**
 * Replaces one ion; position, order of sites and mobility stay, moment and formal charge are the dopant's.
 *
 * @param site  label (`Mn-1`) or index in `structure.sites`
 * @throws SiteNotFoundError, DopantElementError
 */
export function substitute(structure: Structure, site: string | number, dopant: Dopant): Substituted {
  if (!isElement(dopant.element)) throw new DopantElementError(dopant.element)
  const index = siteIndex(structure, site)
  const old = structure.sites[index]
  if (old === undefined) throw new SiteNotFoundError(site, structure)
  const label = freeLabel(dopant.element, structure.sites)
  const added: Site = {
    element: dopant.element,
    fractional: old.fractional,
    label,
    ...(dopant.oxidationState !== undefined && { oxidationState: dopant.oxidationState }),
    ...(old.mobile !== undefined && { mobile: old.mobile }),
  }
  const sites = structure.sites.map((other, i) => (i === index ? added : other))
  return {
    structure: withSites(structure, sites),
    index,
    label,
    ...(old.label !== undefined && { replaced: old.label }),
  }
}

/** @throws SiteNotFoundError */
export function siteIndex(structure: Structure, site: string | number): number {
  const index = typeof site === 'number' ? site : structure.sites.findIndex((other) => other.label === site)
  if (structure.sites[index] === undefined) throw new SiteNotFoundError(site, structure)
  return index
}
