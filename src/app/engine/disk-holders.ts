import type { CalculationRecord, Store } from '../../ports/store.ts'
import { importedSite } from '../../workflow/imported.ts'
import { stepKindOf } from '../../workflow/planned-calculation.ts'
import { expendableFiles, type Cleaner, type DiskHolder } from '../../workflow/disk/expendable.ts'
import { largeFiles } from '../../workflow/disk/large-files.ts'
import type { StepResult } from '../../workflow/step-result.ts'

/** Files of one calculation that may go, as paths on its site. */
export interface Expendable {
  readonly calculation: CalculationRecord
  readonly paths: readonly string[]
}

/** Which large files of these calculations nobody needs. */
export async function expendableOf(
  store: Pick<Store, 'summaries' | 'result'>,
  calculations: readonly CalculationRecord[],
  cleaner: Cleaner,
): Promise<readonly Expendable[]> {
  const found: Expendable[] = []
  for (const calculation of calculations) {
    if (calculation.state !== 'done' || calculation.remoteFolder === null || calculation.reusedFrom !== null) continue
    // Runs that were made by hand belong to whoever made them.
    if (calculation.site === importedSite) continue
    const holder = await holderOf(store, calculation)
    const last = expendableFiles(holder, cleaner).map((file) => `${calculation.remoteFolder}/${file}`)
    const paths = [...earlierPaths(calculation, holder), ...last]
    if (paths.length > 0) found.push({ calculation, paths })
  }
  return found
}

async function holderOf(
  store: Pick<Store, 'summaries' | 'result'>,
  calculation: CalculationRecord,
): Promise<DiskHolder> {
  const { id, state, plan } = calculation
  const isStatic = stepKindOf(plan) === 'static'
  const result = isStatic ? ((await store.result(id))?.result as StepResult | undefined) : undefined
  // Another calculation may stand on this one's files by its id, or by having taken over its result.
  const reused = await store.summaries({ reusedFrom: id, withObsolete: true })
  const waiting = await store.summaries({ dependingOn: [id, ...reused.map((each) => each.id)], withObsolete: true })
  const dependents = waiting.map((each) => each.state)
  return { id, state, isStatic, keep: plan.keep, hasCharges: (result?.bader ?? null) !== null, dependents }
}

/** Attempts before the one that succeeded: nothing starts from them any more. */
function earlierPaths({ remoteFolder, attempt }: CalculationRecord, { keep }: DiskHolder): readonly string[] {
  const folder = remoteFolder ?? ''
  if (keep === 'all' || !folder.endsWith(`/attempt-${attempt}`)) return []
  const above = folder.slice(0, folder.lastIndexOf('/'))
  const numbers = Array.from({ length: Math.max(0, attempt - 1) }, (_, i) => i + 1)
  return numbers.flatMap((number) => largeFiles.map((file) => `${above}/attempt-${number}/${file}`))
}
