import type { Eigenvalues } from '../vasp/output/vasprun/vasprun-file.ts'

/** Edges of the bands on the k-points of a run; the true gap is at most this. */
export interface BandEdges {
  /** Highest occupied level; both spins together. */
  readonly valenceMaximumEv: number
  readonly conductionMinimumEv: number
  /** 0 for a metal. */
  readonly gapEv: number
  readonly isDirect: boolean
  /** Gap of each spin alone. */
  readonly gapBySpinEv: readonly number[]
}

/**
 * E_gap = min(empty) − max(occupied); occupied means more than half, whatever the smearing. Where the number of occupied levels
 * differs between k-points a band crosses the Fermi level: a metal, with gap 0, however far apart the levels of a coarse mesh are.
 *
 * undefined when all levels are occupied, or none: then there is no edge.
 */
export function bandEdges(eigenvalues: Eigenvalues): BandEdges | undefined {
  const spins = Array.from({ length: eigenvalues.spinCount }, (_, spin) => edgesOfSpin(eigenvalues, spin))
  const [top, bottom] = [highest(spins.map(({ top }) => top)), lowest(spins.map(({ bottom }) => bottom))]
  if (!Number.isFinite(top.energyEv) || !Number.isFinite(bottom.energyEv)) return undefined
  return {
    valenceMaximumEv: top.energyEv,
    conductionMinimumEv: bottom.energyEv,
    gapEv: spins.some(({ isMetallic }) => isMetallic) ? 0 : Math.max(0, bottom.energyEv - top.energyEv),
    isDirect: top.kpoint === bottom.kpoint,
    gapBySpinEv: spins.map((spin) => (spin.isMetallic ? 0 : Math.max(0, spin.bottom.energyEv - spin.top.energyEv))),
  }
}

interface Edge {
  readonly energyEv: number
  readonly kpoint: number
}

function edgesOfSpin({ kpointCount, bandCount, energiesEv, occupations }: Eigenvalues, spin: number) {
  let top: Edge = { energyEv: -Infinity, kpoint: -1 }
  let bottom: Edge = { energyEv: Infinity, kpoint: -1 }
  const counts = new Set<number>()
  for (let kpoint = 0; kpoint < kpointCount; kpoint++) {
    let count = 0
    for (let band = 0; band < bandCount; band++) {
      const at = (spin * kpointCount + kpoint) * bandCount + band
      const energyEv = energiesEv[at] ?? Number.NaN
      const isOccupied = (occupations[at] ?? 0) > 0.5
      if (isOccupied) count++
      if (isOccupied && energyEv > top.energyEv) top = { energyEv, kpoint }
      if (!isOccupied && energyEv < bottom.energyEv) bottom = { energyEv, kpoint }
    }
    counts.add(count)
  }
  return { top, bottom, isMetallic: counts.size > 1 }
}

function highest(edges: readonly Edge[]): Edge {
  return edges.reduce((best, edge) => (edge.energyEv > best.energyEv ? edge : best))
}

function lowest(edges: readonly Edge[]): Edge {
  return edges.reduce((best, edge) => (edge.energyEv < best.energyEv ? edge : best))
}
