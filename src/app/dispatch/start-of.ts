import type { CalculationRecord, Store } from '../../ports/store.ts'
import type { Structure } from '../../structure/structure.ts'
import type { NextStart } from '../../workflow/attempt-decision.ts'
import { stepKindOf, type FollowingStart, type PlannedCalculation } from '../../workflow/planned-calculation.ts'
import { misfitOf, StartMisfitError } from '../../workflow/relaxed-host.ts'
import { startingStructure } from '../../workflow/starting-structure.ts'
import { canReadOrbitals } from '../../workflow/steps/reads-orbitals.ts'
import { canContinue } from '../../workflow/verdict.ts'
import { keptResult } from '../../workflow/kept-result.ts'
import type { StepResult } from '../../workflow/step-result.ts'

/** What the steps before left. */
type Results = Pick<Store, 'result' | 'calculation'>

/** Where an attempt begins. */
export interface Start {
  /** POSCAR order, with the labels of the built structure. */
  readonly structure: Structure
  /** Of the relaxation that the step follows, in the same order. */
  readonly finalMomentsMuB: readonly number[] | undefined
  /** The calculation whose orbitals may be read: same atoms, same cell, same k-points and bands. */
  readonly orbitalsFrom: string | undefined
}

/**
 * The atoms that an attempt is sent with: those planned, those of the step before, or those that the attempt before it
 * left to go on from.
 */
export async function startOf(store: Results, calculation: CalculationRecord, decided?: NextStart): Promise<Start> {
  const earlier = await resultOf(store, calculation.id)
  const isRelaxation = stepKindOf(calculation.plan) === 'relax'
  // The result of an attempt that was judged holds the geometry that the next one starts from.
  const goesOn = earlier !== undefined && (decided !== undefined || canContinue(earlier))
  if (goesOn && isRelaxation) return { structure: earlier.structure, finalMomentsMuB: undefined, orbitalsFrom: undefined }
  const { start } = calculation.plan
  if (start.kind === 'structure') {
    return { structure: start.structure, finalMomentsMuB: undefined, orbitalsFrom: undefined }
  }
  return fromRelaxed(store, start, calculation.plan)
}

async function fromRelaxed(store: Results, start: FollowingStart, plan: PlannedCalculation): Promise<Start> {
  const upstream = await resultOf(store, start.from)
  if (upstream === undefined) throw new Error(`${start.from} is done but has no result`)
  if (start.kind === 'relaxed-host') {
    const problem = misfitOf(upstream.structure, start)
    if (problem !== undefined) throw new StartMisfitError(plan.id, start.from, problem)
    return { structure: startingStructure(upstream.structure, start), finalMomentsMuB: undefined, orbitalsFrom: undefined }
  }
  const kept = upstream.structure.sites.map((site) => !start.removedLabels.includes(site.label ?? ''))
  return {
    structure: startingStructure(upstream.structure, start),
    finalMomentsMuB: upstream.momentsMuB?.filter((_, i) => kept[i]),
    orbitalsFrom: (await fits(store, start, plan)) ? start.from : undefined,
  }
}

async function fits(store: Results, { from, removedLabels, rattleAngstrom }: Extract<FollowingStart, { kind: 'relaxed' }>, plan: PlannedCalculation): Promise<boolean> {
  if (removedLabels.length > 0 || rattleAngstrom !== 0) return false
  const before = await store.calculation(from)
  return before !== undefined && canReadOrbitals(before.plan, plan)
}

async function resultOf(store: Results, id: string): Promise<StepResult | undefined> {
  return keptResult(await store.result(id))
}
