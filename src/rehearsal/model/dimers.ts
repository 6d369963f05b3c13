import type { Structure } from '../../structure/structure.ts'
import { flatPositions } from './image-distance.ts'
import { oxygenIon, type Ion } from './ions.ts'
import { pairsWithin } from './pairs.ts'

/** Two oxygens, numbers from 0, that get one hole each and a bond. */
export type DimerPair = readonly [number, number]

/** Farther apart than this, two oxygens are not made a dimer. */
const reachAngstrom = 3.2

/**
 * Puts the holes of a cell on disjoint pairs of oxygens: the poorest in bond valence are paired with their nearest
 * partner until every two holes have a pair. Off unless it is asked for, because it decides by hand what a calculation
 * should find out.
 *
 * @param ions as `assignIons` gives them
 */
export function assignDimers(
  structure: Structure,
  ions: readonly Ion[],
): { ions: readonly Ion[]; dimers: readonly DimerPair[] } {
  const holes = ions.reduce((sum, ion) => sum + ion.holes, 0)
  const dimers: DimerPair[] = []
  const used = new Set<number>()
  for (const [i, j] of candidatePairs(structure, ions)) {
    if (2 * (dimers.length + 1) > holes + 1e-9) break
    if (used.has(i) || used.has(j)) continue
    dimers.push([i, j])
    used.add(i).add(j)
  }
  const left = holes - 2 * dimers.length
  return { ions: moveHoles(ions, used, left / holes), dimers }
}

// Most holes first, then the shorter distance.
function candidatePairs(structure: Structure, ions: readonly Ion[]): readonly DimerPair[] {
  const positions = flatPositions(structure)
  const pairs = pairsWithin(structure.lattice, positions, reachAngstrom)
  const found: { pair: DimerPair; rank: number }[] = []
  for (let p = 0; p < pairs.count; p++) {
    const [i, j] = [pairs.first[p]!, pairs.second[p]!]
    if (i === j || !(ions[i]!.holes > 0) || !(ions[j]!.holes > 0)) continue
    const along = (axis: number) =>
      positions[3 * j + axis]! + pairs.translation[3 * p + axis]! - positions[3 * i + axis]!
    const length = Math.hypot(along(0), along(1), along(2))
    found.push({ pair: [i, j], rank: length - 5 * (ions[i]!.holes + ions[j]!.holes) })
  }
  return found.sort((a, b) => a.rank - b.rank).map(({ pair }) => pair)
}

function moveHoles(ions: readonly Ion[], dimerised: ReadonlySet<number>, shareLeft: number): readonly Ion[] {
  const elsewhere = ions.reduce((sum, ion, i) => sum + (dimerised.has(i) ? 0 : ion.holes), 0)
  const total = ions.reduce((sum, ion) => sum + ion.holes, 0)
  return ions.map((ion, i) => {
    if (!ion.isOxygen) return ion
    if (dimerised.has(i)) return oxygenIon(1)
    return oxygenIon(elsewhere === 0 ? 0 : (ion.holes * shareLeft * total) / elsewhere)
  })
}
