import { resourcesOfStep } from '../../ports/resources.ts'
import type { Site } from '../../ports/site.ts'
import type { Plan } from '../../workflow/plan.ts'
import { stepKindOf, type PlannedCalculation } from '../../workflow/planned-calculation.ts'
import { layoutOf } from '../../workflow/steps/share-work.ts'
import type { TagOrigin } from './explain-tag.ts'
import { plannedInput } from './write-plan.ts'

/** Is it a tag that dopant chooses from the ranks of the site? */
export function isLayoutTag(tag: string): tag is 'KPAR' | 'NCORE' {
  return tag === 'KPAR' || tag === 'NCORE'
}

/**
 * KPAR or NCORE as the jobs on a site get it, with the reason in words; what the user sets in `method.incar` is kept.
 * One entry for each step and value.
 */
export function explainLayout(plan: Plan, site: Site, tag: 'KPAR' | 'NCORE'): readonly TagOrigin[] {
  const origins = new Map<string, TagOrigin>()
  for (const calculation of plan.calculations) {
    const origin = originOf(plan, calculation, site, tag)
    const key = JSON.stringify(origin)
    origins.set(key, { ...origin, candidates: [...(origins.get(key)?.candidates ?? []), calculation.candidateId] })
  }
  return [...origins.values()]
}

function originOf(plan: Plan, calculation: PlannedCalculation, site: Site, tag: 'KPAR' | 'NCORE'): Omit<TagOrigin, 'candidates'> {
  const { step } = calculation
  const input = plannedInput(plan, calculation)
  const resources = resourcesOfStep(site.resources, stepKindOf(calculation))
  const ranks = `${resources.nodes} × ${resources.ranksPerNode} ranks on ${site.name}`
  const set = input.incar[tag]
  if (typeof set === 'number') return { step, value: String(set), source: 'override', where: `method.incar, for ${ranks}` }
  const layout = layoutOf(input, resources, [])
  if (layout === undefined) return { step, value: null, source: 'vasp', where: `not written: a single rank on ${site.name}` }
  const why = layout.explanation.filter((words) => words.startsWith(tag)).join(' ')
  return { step, value: String(layout[tag]), source: 'site', where: ranks, why }
}
