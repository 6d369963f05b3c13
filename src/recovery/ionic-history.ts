import { numberInForce } from './run-reading.ts'
import type { RunEvidence } from './run-evidence.ts'

/** One ionic step, from OUTCAR or else OSZICAR. */
export interface StepSummary {
  readonly totenEv?: number
  readonly energySigmaToZeroEv?: number
  readonly scfSteps: number
  readonly lastEnergyChangeEv?: number
  /** null: not to be told. */
  readonly electronicConverged: boolean | null
}

// VASP's own defaults, for an OSZICAR that comes alone.
const defaultNelm = 60
const defaultEdiffEv = 1e-4

/** The ionic steps that were completed. */
export function ionicHistory(run: RunEvidence): readonly StepSummary[] {
  if (run.outcar !== undefined) return run.outcar.ionicSteps.filter((step) => step.totenEv !== undefined)
  const nelm = numberInForce(run, 'NELM') ?? defaultNelm
  const ediff = numberInForce(run, 'EDIFF') ?? defaultEdiffEv
  return (run.oszicar?.ionicSteps ?? []).map((step) => ({
    ...step,
    electronicConverged: step.scfSteps < nelm || Math.abs(step.lastEnergyChangeEv ?? Infinity) <= ediff,
  }))
}

/** Two line searches of conjugate gradients: single misses after a long step are common and heal. */
export const missesThatTell = 4

/** Steps at the end of the run whose electronic loop used up NELM, without one that converged in between. */
export function missesInARow(run: RunEvidence): number {
  const steps = ionicHistory(run)
  const lastGood = steps.findLastIndex((step) => !usedUpNelm(run, step))
  return steps.length - 1 - lastGood
}

/** A miss, rather than a loop that was cut off or stopped. */
export function usedUpNelm(run: RunEvidence, step: StepSummary): boolean {
  const nelm = numberInForce(run, 'NELM') ?? defaultNelm
  return step.electronicConverged === false && step.scfSteps >= nelm
}
