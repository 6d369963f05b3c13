import { identityMatrix, rowTimesMatrix, type Matrix3 } from '../base/matrix.ts'
import { norm, subtract, type Vector3 } from '../base/vector.ts'
import { toCartesian, wrapDifference, type Lattice } from './lattice.ts'
import { inverseOfUnimodular, latticeMaps } from './lattice-maps.ts'
import { pointIndex, type PointIndex } from './point-index.ts'
import { composition, type Structure } from './structure.ts'

export interface MatchOptions {
  /** Largest displacement of an atom, and of the end of a lattice vector. */
  readonly toleranceAngstrom?: number
  /** Compare the cells as they are, without other choices of axes or rotations; the origin may still differ. */
  readonly sameLattice?: boolean
  /** Are mirror images the same? Default: yes, since they have the same energy. */
  readonly improper?: boolean
}

export interface StructureMatch {
  /** [site of a] index of the site of b. */
  readonly siteOfB: readonly number[]
  readonly maxDisplacementAngstrom: number
  readonly rmsDisplacementAngstrom: number
  /** Integers: b's lattice vectors in terms of a's. */
  readonly transformation: Matrix3
  /** Added to fractional coordinates of a, in b's axes, to meet b. */
  readonly shift: Vector3
}

/**
 * Are two cells the same arrangement of atoms, up to choice of axes, rotation, origin and order of sites?
 *
 * Cells must hold the same numbers of atoms: a primitive cell and its supercell differ. Displacements are measured in
 * b's lattice after the mean shift is taken out, so a small strain between the cells counts in their vectors only.
 *
 * @returns the best fit found, or undefined when they differ
 */
export function matchStructures(a: Structure, b: Structure, options: MatchOptions = {}): StructureMatch | undefined {
  const tolerance = options.toleranceAngstrom ?? 0.05
  if (!sameComposition(a, b) || a.sites.length === 0) return undefined
  const target = indexOf(b, tolerance)
  let best: StructureMatch | undefined
  for (const transformation of candidateMaps(a.lattice, b.lattice, tolerance, options)) {
    const moved = inAxesOf(a, transformation)
    for (const shift of candidateShifts(moved, target)) {
      const fit = fitSites(moved, shift, target, tolerance)
      if (fit === undefined || fit.rmsDisplacementAngstrom >= (best?.rmsDisplacementAngstrom ?? Infinity)) continue
      best = { ...fit, transformation }
      if (fit.rmsDisplacementAngstrom < tolerance / 100) return best
    }
  }
  return best
}

interface Target {
  readonly structure: Structure
  readonly rarest: string
  readonly points: ReadonlyMap<string, PointIndex>
}

interface MovedSite {
  readonly element: string
  readonly fractional: Vector3
}

function sameComposition(a: Structure, b: Structure): boolean {
  const [counts, others] = [composition(a), composition(b)]
  return counts.size === others.size && [...counts].every(([element, n]) => others.get(element) === n)
}

function indexOf(structure: Structure, tolerance: number): Target {
  const rarest = [...composition(structure)].sort((x, y) => x[1] - y[1])[0]?.[0] ?? ''
  const points = new Map<string, PointIndex>()
  structure.sites.forEach((site, index) => {
    const known = points.get(site.element) ?? pointIndex(structure.lattice, 2 * tolerance)
    known.add(site.fractional, index)
    points.set(site.element, known)
  })
  return { structure, rarest, points }
}

function candidateMaps(from: Lattice, to: Lattice, tolerance: number, options: MatchOptions): readonly Matrix3[] {
  if (!options.sameLattice) return latticeMaps(from, to, tolerance, options.improper ?? true)
  const close = from.every((row, i) => norm(subtract(row, to[i as 0 | 1 | 2])) <= tolerance)
  return close ? [identityMatrix] : []
}

/** x' = x · M⁻¹, since x · A = x' · (M · A). */
function inAxesOf(structure: Structure, transformation: Matrix3): readonly MovedSite[] {
  const back = inverseOfUnimodular(transformation)
  return structure.sites.map(({ element, fractional }) => ({ element, fractional: rowTimesMatrix(fractional, back) }))
}

// One atom of the rarest element must land on one of b's: that leaves few origins to try.
function candidateShifts(moved: readonly MovedSite[], target: Target): readonly Vector3[] {
  const anchor = moved.find((site) => site.element === target.rarest)
  if (anchor === undefined) return []
  return target.structure.sites
    .filter((site) => site.element === target.rarest)
    .map((site) => subtract(site.fractional, anchor.fractional))
}

// The anchor's own displacement spoils the shift: search within twice the tolerance, then take out the mean.
function fitSites(moved: readonly MovedSite[], shift: Vector3, target: Target, tolerance: number) {
  const { lattice, sites } = target.structure
  const taken = new Set<number>()
  const siteOfB: number[] = []
  const displacements: Vector3[] = []
  for (const { element, fractional } of moved) {
    const there: Vector3 = [fractional[0] + shift[0], fractional[1] + shift[1], fractional[2] + shift[2]]
    const index = target.points.get(element)?.find(there)
    const site = index === undefined ? undefined : sites[index]
    if (index === undefined || site === undefined || taken.has(index)) return undefined
    taken.add(index)
    siteOfB.push(index)
    displacements.push(wrapDifference(subtract(site.fractional, there)))
  }
  return measured(displacements, shift, siteOfB, lattice, tolerance)
}

function measured(
  displacements: readonly Vector3[],
  shift: Vector3,
  siteOfB: readonly number[],
  lattice: Lattice,
  tolerance: number,
): Omit<StructureMatch, 'transformation'> | undefined {
  const mean = [0, 1, 2].map((k) => displacements.reduce((sum, d) => sum + (d[k as 0 | 1 | 2] ?? 0), 0) / displacements.length)
  const drift: Vector3 = [mean[0] ?? 0, mean[1] ?? 0, mean[2] ?? 0]
  const lengths = displacements.map((d) => norm(toCartesian(lattice, subtract(d, drift))))
  const maxDisplacementAngstrom = lengths.reduce((x, y) => Math.max(x, y), 0)
  if (maxDisplacementAngstrom > tolerance) return undefined
  const rmsDisplacementAngstrom = Math.sqrt(lengths.reduce((sum, x) => sum + x * x, 0) / lengths.length)
  const full: Vector3 = [shift[0] + drift[0], shift[1] + drift[1], shift[2] + drift[2]]
  return { siteOfB, maxDisplacementAngstrom, rmsDisplacementAngstrom, shift: full }
}
