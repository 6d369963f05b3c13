import type { VoxelMesh } from './voxel-mesh.ts'

/** From a grid point to the next one uphill; the same index when there is none. */
export type UphillStep = (index: number) => number

/**
 * The neighbour among the 26 with the steepest ascent (ρ' − ρ)/|step|.
 *
 * @source Henkelman, Arnaldsson, Jónsson, Comput. Mater. Sci. 36, 354 (2006)
 */
export function steepestStep(mesh: VoxelMesh, density: Float64Array): UphillStep {
  const { shiftA, shiftB, shiftC, inverseStepLength } = mesh
  const [nx, ny] = mesh.shape
  return (index) => {
    const plane = (index / nx) | 0
    const i = 3 * (index - plane * nx)
    const k = (plane / ny) | 0
    const j = 3 * (plane - k * ny)
    const here = density[index]!
    let best = index
    let highest = here
    let step = 0
    for (let da = 0; da < 3; da++) {
      const alongA = index + shiftA[i + da]!
      for (let db = 0; db < 3; db++) {
        const alongB = alongA + shiftB[j + db]!
        for (let dc = 0; dc < 3; dc++) {
          const neighbour = alongB + shiftC[3 * k + dc]!
          // Extrapolated to 1 Å. Added to `here` so that slopes that differ by rounding only count as equal: the first one wins.
          const height = here + (density[neighbour]! - here) * inverseStepLength[step++]!
          if (height > highest) {
            highest = height
            best = neighbour
          }
        }
      }
    }
    return best
  }
}

/** Is no neighbour among the 26 higher? Equal ones do not count. */
export function isMaximum(mesh: VoxelMesh, density: Float64Array): (index: number) => boolean {
  const step = steepestStep(mesh, density)
  return (index) => step(index) === index
}
