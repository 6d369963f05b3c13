import type { Outcar } from '../vasp/output/outcar/outcar.ts'
import type { PlannedRun } from './run-evidence.ts'
import type { Symptom, SymptomFacts } from './symptom.ts'

/** How a run differs from its plan; undefined when it does not. */
export type PlanDifference = (planned: PlannedRun, outcar: Outcar) => string | undefined

/** Another calculation than was planned: never repaired by changing tags, for something outside the plan changed it. */
export function planSymptom(
  facts: Omit<SymptomFacts, 'weight' | 'watches'>,
  difference: PlanDifference,
): Symptom {
  return {
    ...facts,
    weight: 'cause',
    watches: true,
    ladder: [],
    detects: ({ planned, outcar }) => {
      const says = planned === undefined || outcar === undefined ? undefined : difference(planned, outcar)
      return says === undefined ? undefined : { where: 'plan', says }
    },
  }
}
