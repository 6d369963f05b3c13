import { unassignedLabel } from './basins.ts'
import { interior, untouched, type NearGridWalk } from './near-grid-walk.ts'
import { neighbourLister, borderTest } from './neighbourhood.ts'
import { isMaximum } from './steepest-step.ts'
import type { VoxelMesh } from './voxel-mesh.ts'

/**
 * Walks the border points of all basins again, each with its own path, then the surroundings of those that moved, until
 * none moves. The first pass gave a whole path to one basin, which is wrong for points near a border.
 */
export function refineBorders(
  mesh: VoxelMesh,
  density: Float64Array,
  labels: Int32Array,
  states: Uint8Array,
  walk: NearGridWalk,
): void {
  const around = neighbourLister(mesh)
  const isTop = isMaximum(mesh, density)
  let candidates = borderPoints(mesh, labels, isTop)
  while (candidates.length > 0) {
    for (const index of candidates) for (const near of around(index)) states[near] = untouched
    const moved = candidates.filter((index) => walkAgain(index, labels, states, walk))
    candidates = surroundings(moved, around, labels, isTop)
  }
}

function borderPoints(mesh: VoxelMesh, labels: Int32Array, isTop: (index: number) => boolean): number[] {
  const isBorder = borderTest(mesh, labels)
  const found: number[] = []
  for (let index = 0; index < mesh.count; index++) {
    if (labels[index]! > unassignedLabel && isBorder(index) && !isTop(index)) found.push(index)
  }
  return found
}

/** Returns whether the point changed its basin. */
function walkAgain(start: number, labels: Int32Array, states: Uint8Array, walk: NearGridWalk): boolean {
  const end = walk.to(start)
  const { indices, length } = walk.path
  for (let n = 0; n < length; n++) if (states[indices[n]!] !== interior) states[indices[n]!] = untouched
  if (labels[end] === labels[start] || labels[end]! <= unassignedLabel) return false
  labels[start] = labels[end]!
  return true
}

function surroundings(
  moved: readonly number[],
  around: (index: number) => Int32Array,
  labels: Int32Array,
  isTop: (index: number) => boolean,
): number[] {
  const found = new Set<number>()
  for (const index of moved) {
    for (const near of around(index)) if (labels[near]! > unassignedLabel && !isTop(near)) found.add(near)
  }
  return [...found]
}
