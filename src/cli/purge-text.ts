import { sitesOf, type WorkspaceOptions } from '../compose.ts'
import type { CalculationSummary } from '../ports/store.ts'
import { purgeWarnings, type PurgeWarning } from '../workflow/disk/purge.ts'

/** What the sites of these calculations will soon remove by themselves. */
export function purgeWarningsOf(workspace: WorkspaceOptions, calculations: readonly CalculationSummary[]): readonly PurgeWarning[] {
  const days = [...sitesOf(workspace).values()].flatMap(({ name, scratchPurgeDays }) => (scratchPurgeDays === undefined ? [] : [[name, scratchPurgeDays] as const]))
  return purgeWarnings(calculations, new Map(days), new Date())
}

export function purgeText(warnings: readonly PurgeWarning[]): string {
  return warnings.map(({ words }) => `${words}\n`).join('')
}
