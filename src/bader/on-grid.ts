import { unassignedLabel, type Basins } from './basins.ts'
import { steepestStep } from './steepest-step.ts'
import type { VoxelMesh } from './voxel-mesh.ts'

/**
 * Basins by walking from point to point along the steepest of 26 directions.
 *
 * Fast and exactly reproducible, but the borders lean towards the grid's directions however fine the grid is.
 *
 * @source Henkelman, Arnaldsson, Jónsson, Comput. Mater. Sci. 36, 354 (2006)
 */
export function onGridBasins(mesh: VoxelMesh, density: Float64Array, labels: Int32Array): Basins {
  const step = steepestStep(mesh, density)
  const maxima: number[] = []
  const path: number[] = []
  for (let start = 0; start < mesh.count; start++) {
    if (labels[start] !== unassignedLabel) continue
    const end = walk(start, step, labels, path)
    if (labels[end]! <= unassignedLabel) labels[end] = maxima.push(end)
    const label = labels[end]!
    for (const index of path) if (labels[index] === unassignedLabel) labels[index] = label
  }
  return { labels, maxima }
}

function walk(start: number, step: (index: number) => number, labels: Int32Array, path: number[]): number {
  path.length = 0
  let index = start
  for (;;) {
    path.push(index)
    const next = step(index)
    if (next === index) return index
    index = next
    if (labels[index]! > unassignedLabel) return index
  }
}
