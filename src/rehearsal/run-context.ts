import type { Inputs } from './input/read-inputs.ts'
import type { DimerPair } from './model/dimers.ts'
import { ionName, type Ion } from './model/ions.ts'
import { isElement } from './model/elements.ts'
import { parameterSet } from './model/parameters-data.ts'

/** What every output file of one rehearsal needs to know. */
export interface RunContext {
  readonly inputs: Inputs
  readonly ions: readonly Ion[]
  readonly dimers: readonly DimerPair[]
  /** μB, [ion]; all zero for ISPIN = 1. */
  readonly momentsMuB: Float64Array
  /** Points of the density grid along a, b, c. */
  readonly gridShape: readonly [number, number, number]
}

/** Looks like a version to readers of VASP's files, and like nothing that exists to a person. */
export const versionNumber = '6.0.0-rehearsal'

/** Lines that say what this run is, for the head of every output. */
export function confession(run: RunContext): readonly string[] {
  return [
    'method = rehearsal',
    `model  = ${parameterSet}, a bond-valence stand-in for VASP: this is NOT a DFT calculation`,
    'Energies and forces are those of the stand-in; self-consistency lines, moments and densities are placeholders.',
    `formal states: ${stateCounts(run.ions)}`,
    ...(run.dimers.length > 0 ? [`oxygen dimers put in by request: ${dimerNames(run.dimers)}`] : []),
    ...(isElement(run.inputs.structure) ? ['the model has no elements: energy, forces and geometry of this one are placeholders'] : []),
    ...(run.inputs.settings.ISIF > 2
      ? [`ISIF = ${run.inputs.settings.ISIF} is treated as 2: the stand-in keeps the cell fixed`]
      : []),
  ]
}

/** Sum of the moments in μB. */
export function totalMomentMuB(run: RunContext): number {
  return run.momentsMuB.reduce((sum, moment) => sum + moment, 0)
}

function stateCounts(ions: readonly Ion[]): string {
  const counts = new Map<string, number>()
  for (const ion of ions) counts.set(ionName(ion), (counts.get(ionName(ion)) ?? 0) + 1)
  const holes = ions.reduce((sum, ion) => sum + ion.holes, 0)
  const names = [...counts].map(([name, count]) => `${count} ${name}`).join(', ')
  return holes > 0 ? `${names}; ${Number(holes.toFixed(3))} holes on oxygen` : names
}

function dimerNames(dimers: readonly DimerPair[]): string {
  return dimers.map(([i, j]) => `${i + 1}-${j + 1}`).join(', ')
}
