import { matrixTimesColumn } from '../../base/matrix.ts'
import { add } from '../../base/vector.ts'
import type { Structure } from '../structure.ts'
import type { SymmetryOperation } from '../symmetry.ts'
import { siteFinder } from './site-finder.ts'

/**
 * Where an operation brings each atom: [ion] index of the atom at its image.
 *
 * @returns undefined when some image is no atom of the same element: the operation is none of this structure
 */
export function sitePermutation(
  structure: Structure,
  operation: SymmetryOperation,
  find = siteFinder(structure, 0.2),
): readonly number[] | undefined {
  const images: number[] = []
  for (const site of structure.sites) {
    const image = find(
      site.element,
      add(matrixTimesColumn(operation.rotation, site.fractional), operation.translation),
    )
    if (image === undefined) return undefined
    images.push(image)
  }
  return images
}

/** All permutations of the atoms by a list of operations; operations that do not fit are left out. */
export function sitePermutations(
  structure: Structure,
  operations: readonly SymmetryOperation[],
): readonly (readonly number[])[] {
  const find = siteFinder(structure, 0.2)
  return operations.flatMap((operation) => {
    const permutation = sitePermutation(structure, operation, find)
    return permutation === undefined ? [] : [permutation]
  })
}

/** [ion] number of the orbit, counted from 0 in the order of the sites. */
export function siteOrbits(
  structure: Structure,
  operations: readonly SymmetryOperation[],
): readonly number[] {
  const permutations = sitePermutations(structure, operations)
  const orbits = structure.sites.map(() => -1)
  let count = 0
  for (const index of structure.sites.keys()) {
    if (orbits[index] !== -1) continue
    // A group's orbit is one step away: no closure is needed.
    orbits[index] = count
    for (const permutation of permutations) orbits[permutation[index] ?? index] = count
    count += 1
  }
  return orbits
}
