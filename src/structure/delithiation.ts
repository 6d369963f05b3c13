import { equivalentOnOtherFace } from './dopant/other-face.ts'
import { KnownError } from '../base/known-error.ts'
import { planesOf } from './slab/planes.ts'
import type { Slab, SlabSite } from './slab/slab.ts'
import type { Structure } from './structure.ts'

export interface Delithiation {
  /** `Li` by default; any mobile ion. */
  readonly element?: string
  /** Outer planes of this element, per face. */
  readonly planes: number
  readonly faces: 'top' | 'bottom' | 'both'
  /** Only ions of this cation layer, for instance `Li-layer`. */
  readonly layer?: string
  /** Ions nearer than this along the normal are one plane; 0.3 Å by default. */
  readonly planeToleranceAngstrom?: number
}

export class DelithiationError extends KnownError {
  readonly code = 'DELITHIATION'
  readonly remedy: string
  constructor(element: string, planes: number, existing: number, what: 'planes' | 'ions' = 'planes') {
    super(`Cannot remove ${planes} ${what} of ${element} per face: the slab has ${existing} in all.`)
    this.remedy =
      existing === 0 ? `Choose an element that is in the slab.` : `Ask for 1 to ${existing} ${what}.`
  }
}

/**
 * Labels of the ions in the outer k planes of a face or of both, in built order.
 *
 * Labels and not indices: the ions are taken out of the relaxed slab, where heights have changed and the order may have.
 *
 * @throws DelithiationError when there are no such planes
 */
export function delithiatedLabels(slab: Slab, request: Delithiation): readonly string[] {
  const { element = 'Li', planes, faces } = request
  const all = planesFromTop(slab, request)
  if (!Number.isSafeInteger(planes) || planes < 1 || planes > all.length)
    throw new DelithiationError(element, planes, all.length)
  const fromTop = faces === 'bottom' ? [] : all.slice(0, planes)
  const fromBottom = faces === 'top' ? [] : all.slice(-planes)
  const removed = new Set([...fromTop, ...fromBottom].flat())
  return slab.sites.map((site) => site.label).filter((label) => removed.has(label))
}

/**
 * Labels of the k outermost ions of a face or of both, in built order; of equally deep ions those that come first.
 *
 * On the other face they are the partners by symmetry where the slab has them, so that both faces stay alike.
 *
 * @throws DelithiationError when a face has fewer
 */
export function outermostLabels(
  slab: Slab,
  request: Omit<Delithiation, 'planes'> & { readonly count: number },
): readonly string[] {
  const { element = 'Li', layer, count, faces } = request
  const onFace = (face: 'top' | 'bottom') =>
    slab.sites
      .filter((site) => site.element === element && site.face === face && (layer === undefined || site.layer === layer))
      .sort((a, b) => a.depthAngstrom - b.depthAngstrom)
      .map((site) => site.label)
  const top = onFace('top')
  const bottom = onFace('bottom')
  const available = faces === 'top' ? top.length : faces === 'bottom' ? bottom.length : Math.min(top.length, bottom.length)
  if (count > available) throw new DelithiationError(element, count, available, 'ions')
  const chosen = faces === 'bottom' ? bottom.slice(0, count) : top.slice(0, count)
  const partners = chosen.map((label) => equivalentOnOtherFace(slab, label)?.label)
  const paired = partners.every((label) => label !== undefined && bottom.includes(label))
  const other = faces !== 'both' ? [] : paired ? partners : bottom.slice(0, count)
  const removed = new Set([...chosen, ...other])
  return slab.sites.map((site) => site.label).filter((label) => removed.has(label))
}

/** Without the sites of these labels; everything else keeps its label and order. */
export function withoutLabels(structure: Structure, labels: readonly string[]): Structure {
  const removed = new Set(labels)
  const sites = structure.sites.filter((site) => site.label === undefined || !removed.has(site.label))
  if (structure.sites.length - sites.length !== removed.size) throw new LabelsMissingError(structure, labels)
  return { ...structure, sites }
}

export class LabelsMissingError extends KnownError {
  readonly code = 'LABELS_MISSING'
  readonly remedy = 'Take the labels from the slab that this structure was built or relaxed from.'
  constructor(structure: Structure, labels: readonly string[]) {
    const present = new Set(structure.sites.map((site) => site.label))
    super(
      `"${structure.comment}" has no ${labels
        .filter((label) => !present.has(label))
        .slice(0, 5)
        .join(', ')}, or has one twice.`,
    )
  }
}

/**
 * x in LixMnO3-like terms: what is left of an element per formula unit of the host.
 *
 * @param perFormulaUnit  of the untouched host: 2 for Li2MnO3
 */
export function remainingPerFormulaUnit(
  slab: Slab,
  removedCount: number,
  element: string,
  perFormulaUnit: number,
): number {
  const total = slab.sites.filter((site) => site.element === element).length
  return total === 0 ? 0 : (perFormulaUnit * (total - removedCount)) / total
}

// Planes by height, not by depth: the two faces of a polar slab differ.
function planesFromTop(
  slab: Slab,
  { element = 'Li', layer, planeToleranceAngstrom = 0.3 }: Delithiation,
): readonly (readonly string[])[] {
  const height = slab.structure.lattice[2][2]
  const chosen = slab.sites
    .map((site, index) => ({ site, z: (slab.structure.sites[index]?.fractional[2] ?? 0) * height }))
    .filter(({ site }) => site.element === element && (layer === undefined || site.layer === layer))
  const planes = planesOf(
    chosen.map(({ z }) => -z),
    planeToleranceAngstrom,
  )
  return planes.map((plane) => plane.members.map((member) => labelOf(chosen[member]?.site)))
}

function labelOf(site: SlabSite | undefined): string {
  return site?.label ?? ''
}
