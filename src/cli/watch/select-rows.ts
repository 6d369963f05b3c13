import type { CalculationState } from '../../workflow/calculation-state.ts'
import type { CalculationRow } from '../../web/calculation-row.ts'
import { stateFamilies } from './state-signs.ts'
import type { SortName, WatchView } from './watch-view.ts'

type Choice = Pick<WatchView, 'filter' | 'family' | 'sort'>

/** What needs a person first, then what moves, then what waits, then what is over. */
const urgency: readonly CalculationState[] = [
  'failed', 'submit-unknown', 'running', 'suspended', 'cancelling', 'ended', 'collected', 'submitting', 'staged', 'queued',
  'ready', 'paused', 'planned', 'blocked', 'done', 'cancelled',
]
const rankOf: ReadonlyMap<CalculationState, number> = new Map(urgency.map((state, rank) => [state, rank]))

const orders: Readonly<Record<SortName, (a: CalculationRow, b: CalculationRow) => number>> = {
  state: (a, b) => (rankOf.get(a.state) ?? 0) - (rankOf.get(b.state) ?? 0),
  name: (a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0),
  site: (a, b) => (a.site < b.site ? -1 : a.site > b.site ? 1 : 0),
  latest: (a, b) => b.updatedMs - a.updatedMs,
}

/** The rows that a person asked to see, in the order asked for; all words of the filter must be somewhere in a row. */
export function selectRows(rows: readonly CalculationRow[], { filter, family, sort }: Choice): readonly CalculationRow[] {
  const states = stateFamilies.find(({ key }) => key === family)?.states
  const words = filter.toLowerCase().split(/\s+/).filter((word) => word !== '')
  const found = rows.filter((row) => (states === undefined || states.includes(row.state)) && words.every((word) => holds(row, word)))
  return found.sort(orders[sort])
}

function holds({ id, state, site, nativeId, failure, reason }: CalculationRow, word: string): boolean {
  return [id, state, site, nativeId ?? '', failure?.message ?? '', reason].some((text) => text.toLowerCase().includes(word))
}

/** The same answer for the same question: the rows are thousands, and most redraws change nothing of them. */
export function rememberingSelection(): typeof selectRows {
  let last: { readonly rows: readonly CalculationRow[]; readonly choice: Choice; readonly found: readonly CalculationRow[] } | undefined
  return (rows, choice) => {
    const isSame = last?.rows === rows && last.choice.filter === choice.filter && last.choice.family === choice.family && last.choice.sort === choice.sort
    if (last === undefined || !isSame) last = { rows, choice, found: selectRows(rows, choice) }
    return last.found
  }
}
