import { asPlannedChecks } from './checks/as-planned.ts'
import { dopantBondedCheck } from './checks/bonds.ts'
import type { Check, Finding, FinishedRun } from './checks/check.ts'
import { cellCheck, compositionCheck } from './checks/crystal.ts'
import { electronCountCheck, spinCheck } from './checks/electrons.ts'
import { fftGridCheck } from './checks/fft-grid.ts'
import { forcesCheck } from './checks/forces.ts'
import { momentsFlippedCheck, momentsLostCheck } from './checks/moments.ts'
import { oxygenLeftCheck } from './checks/oxygen.ts'
import { restartEnergyCheck } from './checks/restart-energy.ts'
import { vacuumCheck } from './checks/vacuum.ts'

/** The questions that every finished run answers. */
export const checks: readonly Check[] = [
  ...asPlannedChecks,
  spinCheck,
  electronCountCheck,
  compositionCheck,
  cellCheck,
  forcesCheck,
  vacuumCheck,
  dopantBondedCheck,
  momentsFlippedCheck,
  momentsLostCheck,
  oxygenLeftCheck,
  fftGridCheck,
  restartEnergyCheck,
]

/** What a reader of the tables should know of a finished run; empty when it is what was planned. */
export function checkAfterRun(run: FinishedRun): readonly Finding[] {
  return checks.flatMap((check): Finding[] => {
    const says = check.finds(run)
    return says === undefined ? [] : [{ check: check.name, says }]
  })
}
