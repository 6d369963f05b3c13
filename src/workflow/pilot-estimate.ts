import type { PlannedCalculation } from './planned-calculation.ts'

/** A finished calculation of the pilot with what all of its attempts have cost. */
export interface PilotTiming {
  readonly plan: Pick<PlannedCalculation, 'step' | 'electronCount' | 'kMesh'>
  readonly coreHours: number
}

export interface StepEstimate {
  readonly step: string
  readonly count: number
  readonly coreHours: number
}

export interface PilotEstimate {
  readonly steps: readonly StepEstimate[]
  readonly coreHours: number
  /** Steps of which the pilot has none: nothing is known of their cost. */
  readonly unknownSteps: readonly string[]
}

/**
 * Of how much electrons count: FFTs and projections grow with N² log N, orthogonalisation with N³, and slabs of some hundred
 * electrons lie between. Bands and plane waves are counted by the electrons, both of which follow the size of the cell.
 *
 * @source https://vasp.at/wiki/Category:Performance
 */
export const electronExponent = 2.5

/**
 * What the rest of a screen will cost, from the pilot's own times.
 *
 * t = t(pilot) × k / k(pilot) × (N / N(pilot))^2.5, with k the points of the mesh and N the electrons; as many ionic and
 * electronic steps as the pilot took, on the same number of cores.
 *
 * @returns core-hours
 */
export function pilotEstimate(pilot: readonly PilotTiming[], rest: readonly PilotTiming['plan'][]): PilotEstimate {
  const byStep = new Map(pilot.map((timing) => [timing.plan.step, timing]))
  const names = [...new Set(rest.map(({ step }) => step))]
  const steps = names.flatMap((step): StepEstimate[] => {
    const timing = byStep.get(step)
    const own = rest.filter((plan) => plan.step === step)
    if (timing === undefined) return []
    return [{ step, count: own.length, coreHours: own.reduce((sum, plan) => sum + scaled(timing, plan), 0) }]
  })
  return {
    steps,
    coreHours: steps.reduce((sum, each) => sum + each.coreHours, 0),
    unknownSteps: names.filter((step) => !byStep.has(step)),
  }
}

function scaled({ plan, coreHours }: PilotTiming, other: PilotTiming['plan']): number {
  const points = (mesh: readonly number[]): number => mesh.reduce((product, each) => product * each, 1)
  const k = points(other.kMesh) / points(plan.kMesh)
  return coreHours * k * (other.electronCount / plan.electronCount) ** electronExponent
}
