import { IncomparableRunsError, type EnergyRun } from '../../analysis/energies.ts'
import { isKnownError } from '../../base/known-error.ts'
import { missing, type Cell } from '../../tables/result-table.ts'
import { pendingReason, type CandidateResult } from './candidate-result.ts'

/** The static energy of a candidate with what makes it comparable; undefined before it is there, or without convergence. */
export function energyRun({ candidateId: id, static: step }: CandidateResult): EnergyRun | undefined {
  if (step?.settings === undefined || step.isElectronicallyConverged === false) return undefined
  const { structure, energySigmaToZeroEv, settings } = step
  if (energySigmaToZeroEv === null) return undefined
  return { id, structure, energySigmaToZeroEv, settings }
}

/** Clause that says why `energyRun` gives nothing. */
export function whyNoEnergy(candidate: CandidateResult): string {
  const { static: step } = candidate
  if (step === undefined) return pendingReason(candidate, 'static step')
  if (step.isElectronicallyConverged === false) return 'the electrons of the static step did not converge'
  return step.energySigmaToZeroEv === null ? 'the static step printed no energy' : 'the settings of the run are not recorded'
}

/** A number, or the reason why the formula refuses its runs. */
export function energyCell(compute: () => number | null): Cell {
  try {
    return compute()
  } catch (error) {
    if (error instanceof IncomparableRunsError) return missing(`the runs differ in ${error.differences.join(', ')}`)
    if (isKnownError(error)) return missing(lowered(error.message.replace(/\.$/, '')))
    throw error
  }
}

/** Reads on behind «because»; a formula keeps its capital. */
function lowered(text: string): string {
  return /^(The|There|No|Of)\b/.test(text) ? text[0]!.toLowerCase() + text.slice(1) : text
}
