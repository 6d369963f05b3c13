import { cutoffDifference } from '../as-planned/cutoff.ts'
import { functionalDifference } from '../as-planned/functional.ts'
import { hubbardDifference } from '../as-planned/hubbard.ts'
import { meshDifference } from '../as-planned/mesh.ts'
import { potentialDifference } from '../as-planned/potentials.ts'
import { speciesOrderDifference } from '../as-planned/species-order.ts'
import type { PlanDifference } from '../plan-symptom.ts'
import type { Check } from './check.ts'

/** The settings that VASP says it used are those of the plan. */
export const asPlannedChecks: readonly Check[] = [
  check('functional', 'Is the functional the planned one?', functionalDifference),
  check('hubbard', 'Is +U on the planned elements?', hubbardDifference),
  check('cutoff', 'Is ENCUT the planned one?', cutoffDifference),
  check('mesh', 'Are the k-points those of the planned mesh?', meshDifference),
  check('potentials', 'Are the datasets the planned ones?', potentialDifference),
  check('species', 'Are the species in the planned order?', speciesOrderDifference),
]

function check(name: string, asks: string, difference: PlanDifference): Check {
  return { name, asks, finds: ({ planned, outcar }) => difference(planned, outcar) }
}
