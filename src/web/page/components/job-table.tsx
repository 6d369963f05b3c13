import { useMemo, useRef, useState } from 'preact/hooks'
import type { CalculationState } from '../../../workflow/calculation-state.ts'
import { allRows, version } from '../live/project.ts'
import { queryOf, setQuery } from '../router.ts'
import { tallyOf } from '../tally.ts'
import { nowMs } from '../use-now.ts'
import { jobColumns, orderedJobs, type JobOrder } from './job-columns.tsx'
import { StateFilter } from './state-filter.tsx'
import { useVirtual } from './use-virtual.ts'

const rowHeight = 40

/** All jobs of ours: searched, sorted, and drawn only as far as they are in sight. */
export function JobTable() {
  const search = queryOf('search')
  const [states, setStates] = useState<ReadonlySet<CalculationState>>(new Set())
  const [order, setOrder] = useState<JobOrder>({ key: 'activity', isDown: true })
  const found = useMemo(() => foundRows(search), [search, version.value])
  const shown = useMemo(() => orderedJobs(found.filter(({ state }) => states.size === 0 || states.has(state)), order), [found, states, order])
  return (
    <section class="card table-card" aria-label="Jobs">
      <div class="tools">
        <input type="search" placeholder="Name, number, site, error …" aria-label="Find jobs" value={search} onInput={({ currentTarget }) => setQuery({ search: currentTarget.value })} />
        <StateFilter tally={tallyOf(found)} chosen={states} onChange={setStates} />
      </div>
      <Lines jobs={shown} order={order} onOrder={setOrder} />
      <p class="quiet empty-line">{shown.length === 0 ? 'No job is like that.' : `${shown.length.toLocaleString('en')} jobs`}</p>
    </section>
  )
}

interface LinesProps {
  readonly jobs: ReturnType<typeof foundRows>
  readonly order: JobOrder
  readonly onOrder: (order: JobOrder) => void
}

function Lines({ jobs, order, onOrder }: LinesProps) {
  const box = useRef<HTMLDivElement>(null)
  const { start, end } = useVirtual(box, jobs.length, rowHeight)
  const now = nowMs()
  return (
    // As high as the window allows, and no higher than its lines.
    <div class="lines jobs" style={{ height: `min(calc(100dvh - 12rem), ${(jobs.length + 1) * rowHeight + 2}px)` }} ref={box} role="table" aria-label="Jobs" aria-rowcount={jobs.length + 1} tabIndex={0}>
      <div class="line is-head" role="row" aria-rowindex={1}>
        {jobColumns.map(({ key, words, class: name }) => (
          <span key={key} role="columnheader" class={name} aria-sort={order.key === key ? (order.isDown ? 'descending' : 'ascending') : 'none'}>
            <button onClick={() => onOrder({ key, isDown: order.key === key ? !order.isDown : key === 'activity' })}>
              {words}
              <i aria-hidden="true">{order.key === key ? (order.isDown ? '↓' : '↑') : ''}</i>
            </button>
          </span>
        ))}
      </div>
      <div role="presentation" style={{ height: `${start * rowHeight}px` }} />
      {jobs.slice(start, end).map((job, n) => (
        <div key={job.id} class="line" role="row" aria-rowindex={start + n + 2}>
          {jobColumns.map(({ key, class: name, cell }) => (
            <span key={key} role="cell" class={name}>
              {cell(job, now)}
            </span>
          ))}
        </div>
      ))}
      <div role="presentation" style={{ height: `${(jobs.length - end) * rowHeight}px` }} />
    </div>
  )
}

function foundRows(search: string) {
  const words = search.toLowerCase().split(/\s+/).filter((word) => word !== '')
  if (words.length === 0) return allRows()
  return allRows().filter((row) => {
    const text = `${row.id} ${row.site} ${row.state} ${row.nativeId ?? ''} ${row.failure?.message ?? ''} ${row.reason}`.toLowerCase()
    return words.every((word) => text.includes(word))
  })
}
