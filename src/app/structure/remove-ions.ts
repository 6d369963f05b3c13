import { formalChargeBalance } from '../../structure/charge-balance.ts'
import { delithiatedLabels, withoutLabels, type Delithiation } from '../../structure/delithiation.ts'
import type { Slab } from '../../structure/slab/slab.ts'
import { withSites, type Structure } from '../../structure/structure.ts'

export interface Removed {
  readonly structure: Structure
  readonly element: string
  /** Labels of the ions that left. */
  readonly labels: readonly string[]
  readonly removedCount: number
  readonly remainingCount: number
  /** In e, of what is left: −n means n holes. Undefined when a formal charge is not known. */
  readonly chargeBalance?: number
}

/** Takes the outer planes of an ion from a slab. @throws DelithiationError */
export function removePlanes(slab: Slab, request: Delithiation): Removed {
  const element = request.element ?? 'Li'
  const labels = delithiatedLabels(slab, request)
  return described(slab.structure, withoutLabels(slab.structure, labels), element, labels)
}

/** Takes single atoms out. @param indices from 0 */
export function removeSites(structure: Structure, element: string, indices: readonly number[]): Removed {
  const labels = indices.map((index) => structure.sites[index]?.label ?? String(index + 1))
  const left = withSites(structure, structure.sites.filter((_, i) => !indices.includes(i)))
  return described(structure, left, element, labels)
}

function described(before: Structure, after: Structure, element: string, labels: readonly string[]): Removed {
  const charged = after.sites.every((site) => site.oxidationState !== undefined)
  return {
    structure: { ...after, comment: `${before.comment}, without ${labels.length} ${element}` },
    element,
    labels,
    removedCount: labels.length,
    remainingCount: after.sites.filter((site) => site.element === element).length,
    ...(charged && { chargeBalance: formalChargeBalance(after) }),
  }
}
