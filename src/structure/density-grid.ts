import type { Structure } from './structure.ts'

/**
 * A scalar field on the regular grid of a periodic cell, as VASP stores it.
 *
 * For charge files `values` are density times cell volume, in e, so that their sum divided by the number of points is
 * the number of electrons; for LOCPOT they are eV.
 */
export interface DensityGrid {
  readonly structure: Structure
  /** Points along a, b, c. */
  readonly shape: readonly [number, number, number]
  /** Length nx·ny·nz; the index along a runs fastest: value(i, j, k) = values[i + nx·(j + ny·k)]. */
  readonly values: Float64Array
}

export function pointCount(shape: readonly [number, number, number]): number {
  return shape[0] * shape[1] * shape[2]
}

/** Electrons in the cell: Σ values / number of points. */
export function integralElectrons(grid: DensityGrid): number {
  let sum = 0
  for (const value of grid.values) sum += value
  return sum / grid.values.length
}
