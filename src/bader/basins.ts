/** Label of a point that belongs to no basin because its density is below the vacuum threshold. */
export const vacuumLabel = -1
/** Label of a point that has not been looked at. */
export const unassignedLabel = 0

/** Which grid point belongs to which maximum. */
export interface Basins {
  /** One per point: n ≥ 1 for the basin of maxima[n − 1], or `vacuumLabel`. */
  readonly labels: Int32Array
  /** Grid index of each maximum. */
  readonly maxima: readonly number[]
}

/** Labels with the vacuum marked: |ρ|/V ≤ threshold, for the density that defines the basins. */
export function labelsWithVacuum(
  density: Float64Array,
  volumeAngstrom3: number,
  vacuumDensity: number | undefined,
): Int32Array {
  const labels = new Int32Array(density.length)
  if (vacuumDensity === undefined) return labels
  const limit = vacuumDensity * volumeAngstrom3
  for (let index = 0; index < density.length; index++) {
    if (Math.abs(density[index]!) <= limit) labels[index] = vacuumLabel
  }
  return labels
}
