import { vacuumLabel, type Basins } from './basins.ts'
import { nearGridBasins } from './near-grid.ts'
import { onGridBasins } from './on-grid.ts'
import type { VoxelMesh } from './voxel-mesh.ts'
import { weightBasins } from './weight.ts'

export const baderMethods = ['on-grid', 'near-grid', 'weight'] as const
export type BaderMethod = (typeof baderMethods)[number]

export interface IntegratedBasins extends Basins {
  /** [field][basin], points being the last field. */
  readonly sums: readonly Float64Array[]
}

/** Basins by the method asked for, with the fields and the number of points summed over each. */
export function integratedBasins(
  method: BaderMethod,
  mesh: VoxelMesh,
  reference: Float64Array,
  labels: Int32Array,
  fields: readonly Float64Array[],
): IntegratedBasins {
  if (method === 'weight') {
    return weightBasins(mesh, reference, labels, [...fields, new Float64Array(mesh.count).fill(1)])
  }
  const find = method === 'on-grid' ? onGridBasins : nearGridBasins
  const basins = find(mesh, reference, labels)
  return { ...basins, sums: [...fields.map((field) => sumByLabel(basins, field)), sumByLabel(basins)] }
}

function sumByLabel(basins: Basins, field?: Float64Array): Float64Array {
  const sums = new Float64Array(basins.maxima.length)
  const { labels } = basins
  for (let index = 0; index < labels.length; index++) {
    const label = labels[index]!
    if (label !== vacuumLabel) sums[label - 1]! += field === undefined ? 1 : field[index]!
  }
  return sums
}
