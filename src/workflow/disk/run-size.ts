import { defaultBandCount, kPointCount } from '../../recovery/layout.ts'
import { determinant } from '../../base/matrix.ts'
import type { Lattice } from '../../structure/lattice.ts'
import { fftGrids, planeWaveCount } from '../../vasp/input/fft-grid.ts'
import type { StepKindName } from '../steps/step-kind.ts'
import { largeFiles, type LargeFile } from './large-files.ts'

export interface RunShape {
  readonly kind: StepKindName
  readonly lattice: Lattice
  readonly atomCount: number
  readonly electronCount: number
  readonly kMesh: readonly [number, number, number]
  readonly encutEv: number
  readonly ispin: 1 | 2
  readonly isym: number
}

/** Bytes of each large file that a run leaves. */
export type RunSize = Readonly<Partial<Record<LargeFile, number>>>

/** Characters of a value in CHGCAR, AECCAR and LOCPOT (E18.11, a line end for every five) and in CHG (G12.5, for every ten). */
const gridBytes = 18.2
const chgBytes = 12.1
/** Single precision complex. */
const coefficientBytes = 8

/**
 * What a run of VASP leaves, in bytes, before it was run.
 *
 * WAVECAR: spins × k-points × bands × plane waves × 8; the Γ-only program keeps half of the plane waves. Grids: points of the fine FFT
 * grid × 18.2 characters, for each spin in CHGCAR and LOCPOT, once in each AECCAR.
 *
 * @source https://vasp.at/wiki/WAVECAR, https://vasp.at/wiki/CHGCAR; sphere and grids as in `fft-grid.ts`
 */
export function runSize(run: RunShape): RunSize {
  if (run.kind === 'relax') return { WAVECAR: wavecarBytes(run) }
  if (run.kind === 'dos') return {}
  const points = fftGrids(run.lattice, run.encutEv).fine.reduce((product, n) => product * n, 1)
  const once = Math.round(points * gridBytes)
  const each = once * run.ispin
  return { CHGCAR: each, LOCPOT: each, AECCAR0: once, AECCAR1: once, AECCAR2: once, CHG: Math.round(points * chgBytes) * run.ispin }
}

function wavecarBytes({ lattice, encutEv, kMesh, isym, ispin, electronCount, atomCount }: RunShape): number {
  const planeWaves = planeWaveCount(Math.abs(determinant(lattice)), encutEv)
  const isGammaOnly = kMesh.every((n) => n === 1)
  const bands = defaultBandCount(electronCount, atomCount)
  return Math.round(ispin * kPointCount(kMesh, isym) * bands * (isGammaOnly ? planeWaves / 2 : planeWaves) * coefficientBytes)
}

export function totalBytes(size: RunSize, counts: (file: LargeFile) => boolean = () => true): number {
  return largeFiles.reduce((sum, file) => sum + (counts(file) ? (size[file] ?? 0) : 0), 0)
}
