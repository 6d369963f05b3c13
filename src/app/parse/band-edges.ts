import type { Eigenvalues } from '../../vasp/output/vasprun/vasprun-file.ts'

export interface BandEdges {
  readonly spinCount: number
  readonly kpointCount: number
  readonly bandCount: number
  /** Highest state more than half full. */
  readonly valenceMaximumEv?: number
  /** Lowest state at most half full. */
  readonly conductionMinimumEv?: number
  /** Over all spins and k-points; 0 for a metal. */
  readonly gapEv?: number
}

/** Band edges by occupation. Meaningful for the k-points at hand only. */
export function bandEdges(bands: Eigenvalues): BandEdges {
  let valence = -Infinity
  let conduction = Infinity
  bands.energiesEv.forEach((energy, index) => {
    if ((bands.occupations[index] ?? 0) > 0.5) valence = Math.max(valence, energy)
    else conduction = Math.min(conduction, energy)
  })
  const { spinCount, kpointCount, bandCount } = bands
  const hasBoth = Number.isFinite(valence) && Number.isFinite(conduction)
  return {
    spinCount,
    kpointCount,
    bandCount,
    ...(Number.isFinite(valence) && { valenceMaximumEv: valence }),
    ...(Number.isFinite(conduction) && { conductionMinimumEv: conduction }),
    ...(hasBoth && { gapEv: Math.max(0, conduction - valence) }),
  }
}
