import type { DensityGrid } from '../../../structure/density-grid.ts'
import type { Structure } from '../../../structure/structure.ts'

/** CHGCAR, CHG, AECCAR, PARCHG or LOCPOT: the same text, told apart only by the file's name. */
export interface GridFile {
  readonly structure: Structure
  /** Points along a, b, c. */
  readonly shape: readonly [number, number, number]
  /** First grid: the total density, or the potential (of spin up when there are two). */
  readonly total: DensityGrid
  /** Second grid of a collinear run: spin up minus spin down; in LOCPOT the potential of spin down. */
  readonly difference?: DensityGrid
  /** x, y, z of a non-collinear run. */
  readonly magnetization?: readonly [DensityGrid, DensityGrid, DensityGrid]
  /** One-centre occupancies that follow each grid of a CHGCAR: [grid][record][number]. */
  readonly augmentation: readonly (readonly Float64Array[])[]
  /** False when the file ends within the augmentation; the grids are whole all the same. */
  readonly isComplete: boolean
}
