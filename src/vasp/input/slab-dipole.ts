import { elementData } from '../../base/elements-data.ts'
import { wrapCoordinate } from '../../structure/lattice.ts'
import type { Structure } from '../../structure/structure.ts'
import type { Incar } from './incar.ts'

/**
 * Dipole correction across the vacuum along c for a slab whose faces differ: energy (IDIPOL), potential and forces
 * (LDIPOL), about the centre of mass. The slab may cross the cell boundary.
 *
 * @source https://vasp.at/wiki/IDIPOL, https://vasp.at/wiki/LDIPOL
 */
export function dipoleTags(structure: Structure): Incar {
  return { IDIPOL: 3, LDIPOL: true, DIPOL: [0.5, 0.5, Math.round(massCentreC(structure) * 1e6) / 1e6] }
}

/** Fractional centre of mass along c, counted from the top of the widest gap so that no slab is cut in two. */
export function massCentreC(structure: Structure): number {
  const heights = structure.sites.map((site) => wrapCoordinate(site.fractional[2]))
  const start = topOfWidestGap(heights)
  let [mass, moment] = [0, 0]
  structure.sites.forEach((site, index) => {
    const weight = elementData[site.element]?.massU ?? 1
    mass += weight
    moment += weight * wrapCoordinate((heights[index] ?? 0) - start)
  })
  return wrapCoordinate(start + moment / Math.max(mass, 1e-9))
}

/** Height of the lowest atom above the vacuum. */
function topOfWidestGap(heights: readonly number[]): number {
  const sorted = heights.toSorted((a, b) => a - b)
  let widest = { gap: -1, top: sorted[0] ?? 0 }
  sorted.forEach((height, index) => {
    const below = index === 0 ? (sorted.at(-1) ?? 0) - 1 : (sorted[index - 1] ?? 0)
    if (height - below > widest.gap) widest = { gap: height - below, top: height }
  })
  return widest.top
}
