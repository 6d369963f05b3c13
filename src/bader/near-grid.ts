import { unassignedLabel, vacuumLabel, type Basins } from './basins.ts'
import { refineBorders } from './border-refinement.ts'
import { interior, nearGridWalk, untouched } from './near-grid-walk.ts'
import type { VoxelMesh } from './voxel-mesh.ts'

/**
 * Basins by walks along the gradient with a running correction, then with their borders walked again until nothing moves.
 *
 * Free of the grid's preferred directions, which the on-grid method is not.
 *
 * @source Tang, Sanville, Henkelman, J. Phys.: Condens. Matter 21, 084204 (2009); border refinement:
 *   Sanville, Kenny, Smith, Henkelman, J. Comput. Chem. 28, 899 (2007)
 */
export function nearGridBasins(mesh: VoxelMesh, density: Float64Array, labels: Int32Array): Basins {
  const states = new Uint8Array(mesh.count)
  const walk = nearGridWalk(mesh, density, states)
  const markInterior = interiorMarker(mesh, labels, states)
  const maxima: number[] = []
  forEachPoint(mesh, (start) => {
    if (labels[start] !== unassignedLabel) return
    const end = walk.to(start)
    const label = labels[end]! > unassignedLabel ? labels[end]! : maxima.push(end)
    const { indices, length } = walk.path
    for (let n = 0; n < length; n++) {
      const index = indices[n]!
      if (labels[index] !== vacuumLabel) labels[index] = label
      if (states[index] !== interior) states[index] = untouched
      markInterior(index)
    }
  })
  refineBorders(mesh, density, labels, states, walk)
  return { labels, maxima }
}

/** The order of points decides the numbers of the basins: c fastest, as in the program that people compare with. */
function forEachPoint(mesh: VoxelMesh, visit: (index: number) => void): void {
  const [nx, ny, nz] = mesh.shape
  for (let i = 0; i < nx; i++)
    for (let j = 0; j < ny; j++) for (let k = 0; k < nz; k++) visit(i + nx * (j + ny * k))
}

/** Marks those of the six neighbours whose own six neighbours all share their basin. */
function interiorMarker(mesh: VoxelMesh, labels: Int32Array, states: Uint8Array): (index: number) => void {
  const around = faceNeighbours(mesh)
  const inner = faceNeighbours(mesh)
  const isInterior = (index: number): boolean => {
    const label = labels[index]!
    if (label <= unassignedLabel) return false
    const six = inner(index)
    for (let n = 0; n < 6; n++) if (labels[six[n]!] !== label) return false
    return true
  }
  return (index) => {
    const six = around(index)
    for (let n = 0; n < 6; n++) {
      const neighbour = six[n]!
      if (states[neighbour] !== interior && isInterior(neighbour)) states[neighbour] = interior
    }
  }
}

function faceNeighbours(mesh: VoxelMesh): (index: number) => Int32Array {
  const { shiftA, shiftB, shiftC } = mesh
  const [nx, ny] = mesh.shape
  const six = new Int32Array(6)
  return (index) => {
    const plane = (index / nx) | 0
    const i = 3 * (index - plane * nx)
    const k = (plane / ny) | 0
    const j = 3 * (plane - k * ny)
    six[0] = index + shiftA[i + 2]!
    six[1] = index + shiftA[i]!
    six[2] = index + shiftB[j + 2]!
    six[3] = index + shiftB[j]!
    six[4] = index + shiftC[3 * k + 2]!
    six[5] = index + shiftC[3 * k]!
    return six
  }
}
