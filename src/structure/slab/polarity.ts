import { elementsOf } from '../structure.ts'
import type { HostCrystal } from './host-crystal.ts'
import type { OrientedRepeat } from './oriented-repeat.ts'
import type { AtomicPlane } from './planes.ts'

/** I: neutral planes; II: charged planes without dipole per repeat; III: a dipole that grows with thickness. */
export type TaskerType = 'I' | 'II' | 'III'

/** One plane of a repeat, per surface cell. */
export interface PlaneSummary {
  /** `LiMnO2`: per surface cell, not reduced. */
  readonly formula: string
  /** Mean height in Å above the cut. */
  readonly heightAngstrom: number
  /** Formal charge in e; undefined when a state is unknown. */
  readonly chargeE?: number
  /** Host sites of the repeat in this plane. */
  readonly hostSites: readonly number[]
}

export interface Polarity {
  readonly dipolePerRepeatEAngstrom?: number
  readonly taskerType?: TaskerType
}

/** The planes of one repeat in order of height above a cut. */
export function planesAboveCut(
  host: HostCrystal,
  repeat: OrientedRepeat,
  planes: readonly AtomicPlane[],
  cut: number,
): readonly PlaneSummary[] {
  return planes
    .map((plane) => {
      const above = plane.mean - cut
      const hostSites = plane.members.map((member) => repeat.atoms[member]?.hostSite ?? 0)
      const chargeE = chargeOf(host, hostSites)
      return {
        formula: planeFormula(host, hostSites),
        heightAngstrom: (above - Math.floor(above)) * repeat.repeatAngstrom,
        hostSites,
        ...(chargeE !== undefined && { chargeE }),
      }
    })
    .sort((a, b) => a.heightAngstrom - b.heightAngstrom)
}

/**
 * Formal dipole Σ q z of one repeat above a cut, and Tasker's type.
 *
 * A repeat counts as polar when its dipole moves more than 0.02 e over its height: less is relaxation of the ions.
 *
 * @returns nothing when a state is unknown or the host is not neutral
 * @source Tasker, J. Phys. C 12, 4977 (1979)
 */
export function polarityOf(
  host: HostCrystal,
  repeat: OrientedRepeat,
  planes: readonly PlaneSummary[],
  cut: number,
  symmetricFaces: boolean,
): Polarity {
  const total = chargeOf(
    host,
    repeat.atoms.map((atom) => atom.hostSite),
  )
  if (total === undefined || Math.abs(total) > 1e-6) return {}
  const sum = repeat.atoms.reduce((dipole, { hostSite, height }) => {
    const above = height - cut - Math.floor(height - cut)
    return dipole + (host.oxidationStates[hostSite] ?? 0) * above * repeat.repeatAngstrom
  }, 0)
  const dipolePerRepeatEAngstrom = symmetricFaces ? 0 : sum
  const neutral = planes.every((plane) => Math.abs(plane.chargeE ?? 0) < 1e-6)
  const polar = Math.abs(dipolePerRepeatEAngstrom) > 0.02 * repeat.repeatAngstrom
  return { dipolePerRepeatEAngstrom, taskerType: neutral ? 'I' : polar ? 'III' : 'II' }
}

/** `LiMnO2` for a set of host sites, elements in the order of the host. */
export function planeFormula(host: HostCrystal, hostSites: readonly number[]): string {
  const elements = hostSites.map((site) => host.structure.sites[site]?.element)
  return elementsOf(host.structure)
    .map((element) => ({ element, count: elements.filter((other) => other === element).length }))
    .filter(({ count }) => count > 0)
    .map(({ element, count }) => element + (count === 1 ? '' : count))
    .join('')
}

function chargeOf(host: HostCrystal, hostSites: readonly number[]): number | undefined {
  let sum = 0
  for (const site of hostSites) {
    const state = host.oxidationStates[site]
    if (state === undefined) return undefined
    sum += state
  }
  return sum
}
