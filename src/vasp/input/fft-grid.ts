import { norm } from '../../base/vector.ts'
import type { Lattice } from '../../structure/lattice.ts'

export type FftGrid = readonly [number, number, number]

export interface FftGrids {
  /** NGX, NGY, NGZ: wave functions and potentials. */
  readonly coarse: FftGrid
  /** NGXF, NGYF, NGZF: what CHGCAR and AECCAR are written on. */
  readonly fine: FftGrid
}

/** ħ²/2m in eV Å²; ENCUT = ħ²G²/2m. */
export const kineticEvAngstrom2 = 3.809982

/**
 * FFT grids as VASP chooses them by itself: n ≥ w · G_cut · |a| / 2π with w = 4 (PREC = Accurate) or 3 (Normal), raised to an
 * even product of 2, 3, 5 and 7; the fine grid has twice the points. Some builds take odd lengths too: their grids are some per cent smaller.
 *
 * @source https://vasp.at/wiki/PREC; compared with the NGX and NGXF lines of public OUTCARs
 */
export function fftGrids(lattice: Lattice, encutEv: number, precision: 'Accurate' | 'Normal' = 'Accurate'): FftGrids {
  const factor = precision === 'Accurate' ? 4 : 3
  const cutoff = Math.sqrt(encutEv / kineticEvAngstrom2)
  const points = (axis: 0 | 1 | 2) => fftLength(Math.floor((factor * cutoff * norm(lattice[axis])) / (2 * Math.PI) + 0.5))
  const coarse: FftGrid = [points(0), points(1), points(2)]
  return { coarse, fine: [fftLength(2 * coarse[0]), fftLength(2 * coarse[1]), fftLength(2 * coarse[2])] }
}

/** The smallest even product of 2, 3, 5 and 7 that is not below. */
export function fftLength(least: number): number {
  for (let n = 2 * Math.ceil(Math.max(1, least) / 2); ; n += 2) {
    let rest = n
    for (const prime of [2, 3, 5, 7]) while (rest % prime === 0) rest /= prime
    if (rest === 1) return n
  }
}

/**
 * Plane waves of a k-point: those within the sphere of ENCUT, V G³ / 6π².
 *
 * @param volumeAngstrom3 of the cell
 */
export function planeWaveCount(volumeAngstrom3: number, encutEv: number): number {
  return Math.round((volumeAngstrom3 * (encutEv / kineticEvAngstrom2) ** 1.5) / (6 * Math.PI ** 2))
}
