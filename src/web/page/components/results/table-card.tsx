import { useMemo, useState } from 'preact/hooks'
import { cellText, cellValue, notesWithReasons } from '../../../../tables/cell-value.ts'
import type { ResultTable, TableRow } from '../../../../tables/result-table.ts'
import { ResultGrid, type GridOrder } from './result-grid.tsx'

const rowsAtFirst = 150

/** A table of the analysis: filtered, sorted, with all its columns on demand, and exported in every format. */
export function TableCard({ table, screen, formats }: { table: ResultTable; screen: string; formats: readonly string[] }) {
  const [search, setSearch] = useState('')
  const [showsAll, setShowsAll] = useState(false)
  const [order, setOrder] = useState<GridOrder | undefined>(undefined)
  const [limit, setLimit] = useState(rowsAtFirst)
  const columns = table.columns.filter(({ key, isDetail }) => (showsAll || isDetail !== true) && (showsAll || isUsed(table, key)))
  const rows = useMemo(() => orderedRows(table, search, order), [table, search, order])
  const notes = useMemo(() => notesWithReasons(table), [table])
  return (
    <section class="card table-card" aria-label={table.title}>
      <div class="tools">
        <h2>{table.title}</h2>
        <input type="search" placeholder="Filter the rows" aria-label="Filter the rows" value={search} onInput={({ currentTarget }) => setSearch(currentTarget.value)} />
        <label>
          <input type="checkbox" checked={showsAll} onChange={({ currentTarget }) => setShowsAll(currentTarget.checked)} /> All columns
        </label>
        <ExportMenu table={table.name} screen={screen} formats={formats} />
      </div>
      <ResultGrid table={table} columns={columns} rows={rows.slice(0, limit)} order={order} onOrder={setOrder} />
      {rows.length > limit && (
        <p class="empty-line">
          <button onClick={() => setLimit(limit * 4)}>Show more of the {rows.length} rows</button>
        </p>
      )}
      {rows.length === 0 && <p class="quiet empty-line">No row is like that.</p>}
      {notes.length > 0 && (
        <ul class="notes">
          {notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
    </section>
  )
}

function ExportMenu({ table, screen, formats }: { table: string; screen: string; formats: readonly string[] }) {
  return (
    <div class="exports" role="group" aria-label="Export this table">
      {formats.map((format) => (
        <a key={format} class="button" href={`/api/export?${new URLSearchParams({ screen, table, format }).toString()}`} download>
          {format}
        </a>
      ))}
    </div>
  )
}

function isUsed(table: ResultTable, key: string): boolean {
  return table.rows.some((row) => (row[key] ?? null) !== null)
}

function orderedRows(table: ResultTable, search: string, order: GridOrder | undefined): readonly TableRow[] {
  const words = search.toLowerCase().split(/\s+/).filter((word) => word !== '')
  const textOf = (row: TableRow): string => table.columns.map((column) => cellText(column, row)).join(' ').toLowerCase()
  const found = words.length === 0 ? table.rows : table.rows.filter((row) => words.every((word) => textOf(row).includes(word)))
  const column = table.columns.find(({ key }) => key === order?.key)
  if (order === undefined || column === undefined) return found
  const sign = order.isDown ? -1 : 1
  // What is missing comes last, whichever way.
  return [...found].sort((a, b) => {
    const [x, y] = [cellValue(column, a), cellValue(column, b)]
    if (x === null || y === null) return (x === null ? 1 : 0) - (y === null ? 1 : 0)
    return x < y ? -sign : x > y ? sign : 0
  })
}
