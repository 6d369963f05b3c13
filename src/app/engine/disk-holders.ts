import type { CalculationRecord, Store } from '../../ports/store.ts'
import { importedSite } from '../../workflow/imported.ts'
import { stepKindOf } from '../../workflow/planned-calculation.ts'
import { expendableFiles, type Cleaner, type DiskHolder } from '../../workflow/disk/expendable.ts'
import { largeFiles } from '../../workflow/disk/large-files.ts'
import { keptResult } from '../../workflow/kept-result.ts'

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
  const ours = calculations.filter(isOurs)
  for (let i = 0; i < ours.length; i += atOnce) {
    for (const { calculation, holder } of await holdersOf(store, ours.slice(i, i + atOnce))) {
      const last = expendableFiles(holder, cleaner).map((file) => `${calculation.remoteFolder}/${file}`)
      const paths = [...earlierPaths(calculation, holder), ...last]
      if (paths.length > 0) found.push({ calculation, paths })
    }
  }
  return found
}

/** Results are large: so many are held at a time. */
const atOnce = 100

/** Runs that were made by hand belong to whoever made them. */
function isOurs({ state, remoteFolder, reusedFrom, site }: CalculationRecord): boolean {
  return state === 'done' && remoteFolder !== null && reusedFrom === null && site !== importedSite
}

interface Held {
  readonly calculation: CalculationRecord
  readonly holder: DiskHolder
}

async function holdersOf(store: Pick<Store, 'summaries' | 'result'>, calculations: readonly CalculationRecord[]): Promise<readonly Held[]> {
  const ids = calculations.map(({ id }) => id)
  // Another calculation may stand on one's files by its id, or by having taken over its result.
  const reused = await store.summaries({ reusedFrom: ids, withObsolete: true })
  const waiting = await store.summaries({ dependingOn: [...ids, ...reused.map((each) => each.id)], withObsolete: true })
  return Promise.all(
    calculations.map(async (calculation) => {
      const names = new Set([calculation.id, ...reused.flatMap((each) => (each.reusedFrom === calculation.id ? [each.id] : []))])
      const dependents = waiting.filter(({ dependsOn }) => dependsOn.some((id) => names.has(id))).map((each) => each.state)
      return { calculation, holder: await holderOf(store, calculation, dependents) }
    }),
  )
}

async function holderOf(store: Pick<Store, 'result'>, { id, state, plan }: CalculationRecord, dependents: DiskHolder['dependents']): Promise<DiskHolder> {
  const isStatic = stepKindOf(plan) === 'static'
  const result = isStatic ? keptResult(await store.result(id)) : undefined
  const hasCharges = (result?.bader ?? null) !== null
  const hasPlanarPotential = (result?.planarPotential ?? null) !== null
  return { id, state, isStatic, keep: plan.keep, hasCharges, hasPlanarPotential, dependents }
}

/** Attempts before the one that succeeded: nothing starts from them any more. */
function earlierPaths({ remoteFolder, attempt }: CalculationRecord, { keep }: DiskHolder): readonly string[] {
  const folder = remoteFolder ?? ''
  if (keep === 'all' || !folder.endsWith(`/attempt-${attempt}`)) return []
  const above = folder.slice(0, folder.lastIndexOf('/'))
  const numbers = Array.from({ length: Math.max(0, attempt - 1) }, (_, i) => i + 1)
  return numbers.flatMap((number) => largeFiles.map((file) => `${above}/attempt-${number}/${file}`))
}
