import type { CalculationState } from './calculation-state.ts'
import type { Plan } from './plan.ts'
import { planContent, withIds } from './plan-content.ts'
import type { PlannedCalculation } from './planned-calculation.ts'

/** A calculation as it stands, with what its attempts have cost. */
export interface StandingCalculation {
  readonly id: string
  readonly candidateId: string
  readonly step: string
  readonly state: CalculationState
  readonly revision: number
  /** 0 before any attempt. */
  readonly attempt: number
  readonly obsoleteSince: string | null
  readonly plan: PlannedCalculation
  readonly coreHours: number
}

/** What a new text of a screen means for what stands; plans carry the ids that they have in the store. */
export interface PlanDifference {
  /** Not there in any form before, or another content of what had started already. */
  readonly added: readonly PlannedCalculation[]
  readonly kept: readonly StandingCalculation[]
  /** Changed before they started: the id stays. */
  readonly replaced: readonly { readonly before: StandingCalculation; readonly after: PlannedCalculation }[]
  /** Changed or left out after they started, or left out before. */
  readonly obsolete: readonly { readonly calculation: StandingCalculation; readonly reason: string }[]
  /** Asked for again, as it was, after it had been obsolete. */
  readonly revived: readonly StandingCalculation[]
  /** Obsolete ones that are on a site now: a person decides. */
  readonly running: readonly StandingCalculation[]
  /** What the attempts of the obsolete ones have cost. */
  readonly lostCoreHours: number
  /** Of everything that the plan asks for, in its order. */
  readonly calculationIds: readonly string[]
}

/** States with a job on a site, or with one that is about to be read. */
const onSite: readonly CalculationState[] = [
  'submitting', 'submit-unknown', 'queued', 'running', 'suspended', 'ended', 'collected', 'cancelling',
]

/**
 * Compares a plan with what stands.
 *
 * A calculation is the same when candidate, step and content (settings and start) are the same. One that changed after
 * it had started gets another id, `…/relax~2`, so that no result is ever overwritten; what starts from it changes with it.
 *
 * @param standing all calculations of the screen, obsolete ones too, in the order in which they were added
 */
export function planDifference(plan: Pick<Plan, 'calculations'>, standing: readonly StandingCalculation[]): PlanDifference {
  const groups = grouped(standing)
  const storeIds = new Map<string, string>()
  const all: Placed[] = []
  for (const planned of plan.calculations) {
    const placed = place(withIds(planned, storeIds), groups.get(keyOf(planned)) ?? [])
    storeIds.set(planned.id, placed.storeId)
    all.push(placed)
  }
  const wanted = new Set(all.map(({ storeId }) => storeId))
  const asked = new Set(plan.calculations.map(keyOf))
  const obsolete = standing
    .filter(({ id, obsoleteSince }) => obsoleteSince === null && !wanted.has(id))
    .map((calculation) => ({ calculation, reason: asked.has(keyOf(calculation)) ? 'its inputs changed' : 'the screen no longer asks for it' }))
  return {
    added: all.flatMap(({ added }) => added ?? []),
    kept: all.flatMap(({ kept }) => (kept?.obsoleteSince === null ? kept : [])),
    revived: all.flatMap(({ kept }) => (kept === undefined || kept.obsoleteSince === null ? [] : kept)),
    replaced: all.flatMap(({ replaced }) => replaced ?? []),
    obsolete,
    running: obsolete.map(({ calculation }) => calculation).filter(({ state }) => onSite.includes(state)),
    lostCoreHours: obsolete.reduce((sum, { calculation }) => sum + calculation.coreHours, 0),
    calculationIds: all.map(({ storeId }) => storeId),
  }
}

interface Placed {
  readonly storeId: string
  readonly added?: PlannedCalculation
  readonly kept?: StandingCalculation
  readonly replaced?: PlanDifference['replaced'][number]
}

function place(planned: PlannedCalculation, group: readonly StandingCalculation[]): Placed {
  const content = planContent(planned)
  const current = group.find(({ obsoleteSince }) => obsoleteSince === null)
  const same = [current, ...group.filter(isFinishedAndObsolete)].find((each) => each !== undefined && planContent(each.plan) === content)
  if (same !== undefined) return { storeId: same.id, kept: same }
  if (current?.attempt === 0 && !onSite.includes(current.state) && current.state !== 'done') {
    return { storeId: current.id, replaced: { before: current, after: renamed(planned, current.id) } }
  }
  const id = group.length === 0 ? planned.id : `${planned.id}~${nextGeneration(planned.id, group)}`
  return { storeId: id, added: renamed(planned, id) }
}

function isFinishedAndObsolete({ obsoleteSince, state }: StandingCalculation): boolean {
  return obsoleteSince !== null && state === 'done'
}

function renamed(planned: PlannedCalculation, id: string): PlannedCalculation {
  const ending = id.slice(planned.id.length)
  return ending === '' ? planned : { ...planned, id, folder: `${planned.folder}${ending}` }
}

function nextGeneration(id: string, group: readonly StandingCalculation[]): number {
  const numbers = group.map((each) => Number(each.id.slice(id.length + 1)) || 1)
  return Math.max(...numbers) + 1
}

function grouped(standing: readonly StandingCalculation[]): ReadonlyMap<string, readonly StandingCalculation[]> {
  const groups = new Map<string, StandingCalculation[]>()
  for (const each of standing) {
    const group = groups.get(keyOf(each))
    if (group === undefined) groups.set(keyOf(each), [each])
    else group.push(each)
  }
  return groups
}

function keyOf({ candidateId, step }: Pick<StandingCalculation, 'candidateId' | 'step'>): string {
  return `${candidateId}/${step}`
}
