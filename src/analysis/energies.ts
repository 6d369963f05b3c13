import { KnownError } from '../base/known-error.ts'
import { composition, formula, type Structure } from '../structure/structure.ts'
import { incomparableSettings, type RunSettings } from './run-settings.ts'

/** A total energy with everything that it depends on. */
export interface EnergyRun {
  /** Names the run in messages. */
  readonly id: string
  readonly structure: Structure
  /** energy(sigma→0). */
  readonly energySigmaToZeroEv: number
  readonly settings: RunSettings
}

/** Two energies would have entered one formula although they mean different things. */
export class IncomparableRunsError extends KnownError {
  readonly code = 'INCOMPARABLE_RUNS'
  readonly remedy =
    'Compare runs of the same step with the same functional, U, potentials, cut-off and k-point density.'
  readonly differences: readonly string[]
  constructor(one: string, other: string, differences: readonly string[]) {
    super(`The energies of ${one} and ${other} cannot be compared: ${differences.join('; ')}.`)
    this.differences = differences
  }
}

/** Energies of different compositions were to be ranked without chemical potentials. */
export class DifferentCompositionError extends KnownError {
  readonly code = 'DIFFERENT_COMPOSITION'
  readonly remedy =
    'Rank structures of one composition, or state the chemical potentials of what they differ by.'
  constructor(one: EnergyRun, other: EnergyRun) {
    super(`${one.id} is ${formula(one.structure)} and ${other.id} is ${formula(other.structure)}.`)
  }
}

export class ChemicalPotentialMissingError extends KnownError {
  readonly code = 'CHEMICAL_POTENTIAL_MISSING'
  readonly remedy: string
  constructor(element: string) {
    super(`No chemical potential for ${element}.`)
    this.remedy = `State the chemical potential of ${element} per atom, from a run with the same settings.`
  }
}

/** @throws IncomparableRunsError */
export function assertComparable(one: EnergyRun, other: EnergyRun): void {
  const differences = incomparableSettings(one.settings, other.settings)
  if (differences.length > 0) throw new IncomparableRunsError(one.id, other.id, differences)
}

/** Atoms added (positive) and removed (negative) from host to doped, by element. */
export function exchangedAtoms(doped: Structure, host: Structure): Readonly<Record<string, number>> {
  const [after, before] = [composition(doped), composition(host)]
  const elements = [...new Set([...after.keys(), ...before.keys()])]
  const changes = elements.map(
    (element) => [element, (after.get(element) ?? 0) - (before.get(element) ?? 0)] as const,
  )
  return Object.fromEntries(changes.filter(([, change]) => change !== 0))
}

/**
 * Formation energy of neutral dopants, E_f = E(doped) − E(host) − Σ nᵢ μᵢ with nᵢ > 0 for atoms added; lower is easier to form.
 *
 * @param chemicalPotentialsEv  μ per atom for every element exchanged, from the same settings
 * @returns eV per cell, however many dopants it holds
 * @throws IncomparableRunsError, ChemicalPotentialMissingError
 * @source Van de Walle and Neugebauer, J. Appl. Phys. 95, 3851 (2004), with q = 0
 */
export function dopantFormationEnergyEv(
  doped: EnergyRun,
  host: EnergyRun,
  chemicalPotentialsEv: Readonly<Record<string, number>>,
): number {
  assertComparable(doped, host)
  const exchange = Object.entries(exchangedAtoms(doped.structure, host.structure)).map(([element, count]) => {
    const potential = chemicalPotentialsEv[element]
    if (potential === undefined) throw new ChemicalPotentialMissingError(element)
    return count * potential
  })
  return (
    doped.energySigmaToZeroEv - host.energySigmaToZeroEv - exchange.reduce((sum, value) => sum + value, 0)
  )
}

/**
 * Energy of each run above the lowest of them, in eV per cell.
 *
 * @throws DifferentCompositionError, IncomparableRunsError
 */
export function relativeEnergiesEv(runs: readonly EnergyRun[]): readonly number[] {
  const [first] = runs
  if (first === undefined) return []
  for (const run of runs) {
    if (Object.keys(exchangedAtoms(run.structure, first.structure)).length > 0)
      throw new DifferentCompositionError(first, run)
    assertComparable(first, run)
  }
  const lowest = Math.min(...runs.map((run) => run.energySigmaToZeroEv))
  return runs.map((run) => run.energySigmaToZeroEv - lowest)
}
