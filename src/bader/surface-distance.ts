import { vacuumLabel } from './basins.ts'
import { neighbourLister } from './neighbourhood.ts'
import { coordinatesOf, type VoxelMesh } from './voxel-mesh.ts'
import type { Structure } from '../structure/structure.ts'
import { toCartesian, wrapDifference } from '../structure/lattice.ts'
import { norm, type Vector3 } from '../base/vector.ts'

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

/** Distance by the nearest image; the folded difference and its 26 neighbours are enough for reduced cells. */
function distanceToAtom(mesh: VoxelMesh, structure: Structure): (index: number, atom: number) => number {
  const images: Vector3[] = []
  for (let i = -1; i <= 1; i++)
    for (let j = -1; j <= 1; j++)
      for (let k = -1; k <= 1; k++) images.push(toCartesian(structure.lattice, [i, j, k]))
  return (index, atom) => {
    const [i, j, k] = coordinatesOf(mesh, index)
    const [nx, ny, nz] = mesh.shape
    const site = structure.sites[atom]!.fractional
    const folded = wrapDifference([i / nx - site[0], j / ny - site[1], k / nz - site[2]])
    const [x, y, z] = toCartesian(structure.lattice, folded)
    let nearest = Infinity
    for (const [ax, ay, az] of images) {
      nearest = Math.min(nearest, norm([x + ax, y + ay, z + az]))
    }
    return nearest
  }
}
