import type { CalculationRecord } from '../../ports/store.ts'
import type { Structure } from '../../structure/structure.ts'
import { keptResult } from '../../workflow/kept-result.ts'
import type { StepResult } from '../../workflow/step-result.ts'
import type { InputContent } from '../dispatch/content-key.ts'
import type { EngineParts } from './engine-parts.ts'

/**
 * Takes the result of a finished calculation that asked VASP for the same, in any screen of the project, instead of running
 * it again; undefined when there is none or the screen wants everything run.
 */
export async function reuseFinished(
  parts: EngineParts,
  calculation: CalculationRecord,
  { key, structure, isCorrected }: InputContent,
): Promise<CalculationRecord | undefined> {
  const { store } = parts
  // The tables know of a correction from the attempt that made it, which must therefore be this calculation's own.
  if (isCorrected) return undefined
  const twin = await store.finishedWith(key)
  if (twin === undefined || twin.id === calculation.id) return undefined
  if ((await store.screen(calculation.screenName))?.options?.useCache === false) return undefined
  const result = keptResult(await store.result(twin.id))
  if (result === undefined || result.structure.sites.length !== structure.sites.length) return undefined
  await store.saveResult(calculation.id, calculation.attempt, asOwn(result, calculation, structure, twin.id))
  const reason = `reused from ${twin.id}: the same inputs`
  const change = { contentKey: key, reusedFrom: twin.id, failure: null }
  const collected = await store.transition(calculation, 'collected', { actor: 'submit', reason }, change)
  return store.transition(collected, 'done', { actor: 'submit', reason: 'the result is kept' })
}

/** The atoms are the same, one by one; their names are those of this calculation. */
function asOwn(result: StepResult, { plan }: CalculationRecord, written: Structure, from: string): StepResult {
  const sites = result.structure.sites.map((site, i) => {
    const label = written.sites[i]?.label
    return label === undefined ? site : { ...site, label }
  })
  const flags = [...result.flags.filter((flag) => !flag.startsWith('reused from ')), `reused from ${from}`]
  return { ...result, step: plan.step, structure: { ...result.structure, sites }, flags }
}
