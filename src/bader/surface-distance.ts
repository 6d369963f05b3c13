import { vacuumLabel } from './basins.ts'
import { neighbourLister } from './neighbourhood.ts'
import { coordinatesOf, type VoxelMesh } from './voxel-mesh.ts'
import type { Structure } from '../structure/structure.ts'
import { nearestImageSquared } from './nearest-image.ts'

/**
 * Distance in Å from each atom to the nearest point of its own region that has another atom's point as a neighbour.
 * 0 for an atom whose region has no such border (a single atom, or one without a region). Vacuum is no neighbour.
 *
 * @param owners  atom index + 1 for each grid point, or `vacuumLabel`
 */
export function surfaceDistancesAngstrom(
  mesh: VoxelMesh,
  owners: Int32Array,
  structure: Structure,
): number[] {
  const nearest = structure.sites.map(() => Infinity)
  const around = neighbourLister(mesh)
  const distance = distanceToAtom(mesh, structure)
  for (let index = 0; index < mesh.count; index++) {
    const owner = owners[index]!
    if (owner === vacuumLabel || !touchesAnother(owner, owners, around(index))) continue
    const found = distance(index, owner - 1)
    if (found < nearest[owner - 1]!) nearest[owner - 1] = found
  }
  return nearest.map((value) => (Number.isFinite(value) ? value : 0))
}

function touchesAnother(owner: number, owners: Int32Array, neighbours: Int32Array): boolean {
  for (let n = 0; n < 27; n++) {
    const other = owners[neighbours[n]!]!
    if (other !== owner && other !== vacuumLabel) return true
  }
  return false
}

function distanceToAtom(mesh: VoxelMesh, structure: Structure): (index: number, atom: number) => number {
  const squared = nearestImageSquared(structure.lattice)
  const [nx, ny, nz] = mesh.shape
  return (index, atom) => {
    const [i, j, k] = coordinatesOf(mesh, index)
    const [a, b, c] = structure.sites[atom]!.fractional
    return Math.sqrt(squared(i / nx - a, j / ny - b, k / nz - c))
  }
}
