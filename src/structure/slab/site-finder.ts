import { norm, type Vector3 } from '../../base/vector.ts'
import { heightsAngstrom, toCartesian, wrapDifference } from '../lattice.ts'
import type { Structure } from '../structure.ts'

/** Index of the site of an element at a fractional position, or undefined. */
export type FindSite = (element: string, fractional: Vector3) => number | undefined

/**
 * A look-up by position, periodic in all directions; the work for one look-up does not grow with the structure.
 *
 * @param toleranceAngstrom  farther than this is another place; at most 1 Å
 */
export function siteFinder(structure: Structure, toleranceAngstrom = 0.1): FindSite {
  const bins = heightsAngstrom(structure.lattice).map((height) => Math.max(1, Math.floor(height / 2))) as [number, number, number]
  const cells = new Map<string, number[]>()
  structure.sites.forEach((site, index) => {
    const key = [site.element, ...binOf(site.fractional, bins)].join(' ')
    const cell = cells.get(key)
    if (cell === undefined) cells.set(key, [index])
    else cell.push(index)
  })
  const near = (index: number, place: Vector3): number => {
    const at = structure.sites[index]?.fractional ?? [0, 0, 0]
    const difference = wrapDifference([at[0] - place[0], at[1] - place[1], at[2] - place[2]])
    return norm(toCartesian(structure.lattice, difference))
  }
  return (element, place) => {
    for (const bin of binsAround(place, bins))
      for (const index of cells.get(`${element} ${bin}`) ?? []) if (near(index, place) <= toleranceAngstrom) return index
    return undefined
  }
}

function binOf(place: Vector3, bins: readonly [number, number, number]): readonly number[] {
  return bins.map((count, axis) => Math.floor((((place[axis] ?? 0) % 1) + 1) * count) % count)
}

// Nearest bin first; its neighbours matter only for places at a border.
function binsAround(place: Vector3, bins: readonly [number, number, number]): readonly string[] {
  const [a = 0, b = 0, c = 0] = binOf(place, bins)
  const around = (bin: number, count: number) => [...new Set([bin, (bin + 1) % count, (bin + count - 1) % count])]
  return around(a, bins[0]).flatMap((i) =>
    around(b, bins[1]).flatMap((j) => around(c, bins[2]).map((k) => `${i} ${j} ${k}`)),
  )
}
