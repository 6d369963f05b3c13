import type { CalculationRow } from '../../../src/web/calculation-row.ts'
import type { WatchNow } from '../../../src/cli/watch/watch-now.ts'
import { calculationStates } from '../../../src/workflow/calculation-state.ts'

/** A calculation as the watch sees it. */
export function aRow(change: Partial<CalculationRow> & Pick<CalculationRow, 'id'>): CalculationRow {
  const [screen = '', candidate = '', step = ''] = change.id.split('/')
  const rest = { site: 'cluster', state: 'planned', revision: 1, attempt: 0, nativeId: null, failure: null, reason: '', isObsolete: false, updatedMs: 0 } as const
  return { screen, candidate, step, ...rest, ...change }
}

/** So many calculations in all states. */
export function manyRows(count: number): readonly CalculationRow[] {
  return Array.from({ length: count }, (_, i) => aRow({ id: `screen/candidate-${i}/relax`, state: calculationStates[i % calculationStates.length] ?? 'planned', updatedMs: i }))
}

export function nowWith(rows: readonly CalculationRow[], more: Partial<WatchNow> = {}): WatchNow {
  const sites = [{ name: 'cluster', seenAt: '2026-01-01T10:00:00Z', coreHours: 12.5, fullReason: null }]
  return { rows, progress: new Map(), notices: new Map(), sites, waiting: [], coreHours: 12.5, engine: { isRunning: true, words: 'an engine runs' }, ...more }
}
