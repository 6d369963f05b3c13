import type { DensityGrid } from '../../structure/density-grid.ts'
import { volumeAngstrom3 } from '../../structure/lattice.ts'
import { formula } from '../../structure/structure.ts'
import type { GridFile } from '../../vasp/output/grid/grid-file.ts'

/** What a table needs of a grid: its size and sums, not its millions of values. */
export function gridRecord(file: GridFile, isPotential: boolean): Record<string, unknown> {
  const { structure, shape, total, difference, magnetization } = file
  const summary: (grid: DensityGrid) => object = isPotential ? potentialSummary : densitySummary
  return {
    grid: shape,
    ...summary(total),
    ...(difference && { [isPotential ? 'spinDown' : 'difference']: summary(difference) }),
    ...(magnetization && { magnetization: magnetization.map(summary) }),
    formula: formula(structure),
    ionCount: structure.sites.length,
    latticeAngstrom: structure.lattice,
    volumeAngstrom3: volumeAngstrom3(structure.lattice),
    augmentationRecords: file.augmentation.map((records) => records.length),
    isComplete: file.isComplete,
  }
}

function densitySummary(grid: DensityGrid) {
  const { sum, min, max } = extent(grid.values)
  return { integralElectrons: sum / grid.values.length, min, max }
}

function potentialSummary(grid: DensityGrid) {
  const { sum, min, max } = extent(grid.values)
  return { meanEv: sum / grid.values.length, min, max }
}

function extent(values: Float64Array): { sum: number; min: number; max: number } {
  let sum = 0
  let min = Infinity
  let max = -Infinity
  for (const value of values) {
    sum += value
    if (value < min) min = value
    if (value > max) max = value
  }
  return { sum, min, max }
}
