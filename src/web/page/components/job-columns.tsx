import type { ComponentChildren } from 'preact'
import { calculationStates } from '../../../workflow/calculation-state.ts'
import type { CalculationRow } from '../../calculation-row.ts'
import { noticeOf, progressOf } from '../live/sites.ts'
import { calculationPath } from '../router.ts'
import { agoWords, momentWords } from '../time-words.ts'
import { Link } from './link.tsx'
import { StateWord } from './state-mark.tsx'

export interface JobOrder {
  readonly key: JobKey
  readonly isDown: boolean
}

type JobKey = 'activity' | 'name' | 'state' | 'site' | 'job' | 'attempt' | 'why'

interface JobColumn {
  readonly key: JobKey
  readonly words: string
  readonly class: string
  readonly rank: (row: CalculationRow) => string | number
  readonly cell: (row: CalculationRow, nowMs: number) => ComponentChildren
}

export const jobColumns: readonly JobColumn[] = [
  { key: 'state', words: 'State', class: 'c-state', rank: ({ state }) => calculationStates.indexOf(state), cell: ({ state }) => <StateWord state={state} /> },
  { key: 'name', words: 'Calculation', class: 'c-name', rank: ({ id }) => id, cell: ({ id }) => <Link to={calculationPath(id)}>{id}</Link> },
  { key: 'site', words: 'Site', class: 'c-site', rank: ({ site }) => site, cell: ({ site }) => site },
  { key: 'job', words: 'Job', class: 'c-job', rank: jobNumber, cell: ({ nativeId }) => nativeId ?? <span class="quiet">–</span> },
  { key: 'attempt', words: 'Attempt', class: 'c-attempt', rank: ({ attempt }) => attempt, cell: ({ attempt }) => (attempt === 0 ? <span class="quiet">–</span> : attempt) },
  { key: 'why', words: 'Why, or how far', class: 'c-why', rank: whyOf, cell: (row) => <span title={[whyOf(row), row.failure?.remedy].filter(Boolean).join('\n')}>{whyOf(row)}</span> },
  { key: 'activity', words: 'Last move', class: 'c-time', rank: ({ updatedMs }) => updatedMs, cell: ({ updatedMs }, nowMs) => <time title={momentWords(updatedMs)}>{agoWords(updatedMs, nowMs)}</time> },
]

export function orderedJobs(rows: readonly CalculationRow[], { key, isDown }: JobOrder): readonly CalculationRow[] {
  const rank = jobColumns.find((column) => column.key === key)?.rank ?? (() => 0)
  const ranked = rows.map((row) => ({ row, rank: rank(row) }))
  const sign = isDown ? -1 : 1
  ranked.sort((a, b) => (a.rank < b.rank ? -sign : a.rank > b.rank ? sign : 0))
  return ranked.map(({ row }) => row)
}

function whyOf({ id, failure, reason, state }: CalculationRow): string {
  if (state === 'running') return progressOf(id) ?? ''
  return failure?.message ?? noticeOf(id) ?? (state === 'done' || state === 'ready' ? '' : reason)
}

/** Numbers sort as numbers, names behind them. */
function jobNumber({ nativeId }: CalculationRow): number {
  return nativeId === null ? -1 : Number(/\d+/.exec(nativeId)?.[0] ?? Number.MAX_SAFE_INTEGER)
}
