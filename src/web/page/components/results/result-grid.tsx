import { cellText } from '../../../../tables/cell-value.ts'
import { isNumeric } from '../../../../tables/column-kind.ts'
import { headerOf, isMissing, type Column, type ResultTable, type TableRow } from '../../../../tables/result-table.ts'

export interface GridOrder {
  readonly key: string
  readonly isDown: boolean
}

interface ResultGridProps {
  readonly table: ResultTable
  readonly columns: readonly Column[]
  readonly rows: readonly TableRow[]
  readonly order: GridOrder | undefined
  readonly onOrder: (order: GridOrder | undefined) => void
}

/** The numbers as every export has them; a gap says why when it is pointed at. */
export function ResultGrid({ table, columns, rows, order, onOrder }: ResultGridProps) {
  const numeric = new Set(columns.filter((column) => isNumeric(table, column)).map(({ key }) => key))
  const next = (key: string): GridOrder | undefined => (order?.key !== key ? { key, isDown: false } : order.isDown ? undefined : { key, isDown: true })
  const sortOf = (key: string) => (order?.key !== key ? 'none' : order.isDown ? 'descending' : 'ascending')
  return (
    <div class="grid-scroll" tabIndex={0} role="region" aria-label={`${table.title}, scrolls sideways`}>
      <table class="result">
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.key} scope="col" title={column.description} class={numeric.has(column.key) ? 'number' : ''} aria-sort={sortOf(column.key)}>
                <button onClick={() => onOrder(next(column.key))}>
                  {headerOf(column)}
                  <i aria-hidden="true">{order?.key === column.key ? (order.isDown ? ' ↓' : ' ↑') : ''}</i>
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, n) => (
            <tr key={n}>
              {columns.map((column, place) => (
                <Cell key={column.key} column={column} row={row} isNumber={numeric.has(column.key)} isFirst={place === 0} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

const longText = 36

function Cell({ column, row, isNumber, isFirst }: { column: Column; row: TableRow; isNumber: boolean; isFirst: boolean }) {
  const value = row[column.key] ?? null
  const text = cellText(column, row)
  if (isFirst) return <th scope="row">{text}</th>
  const why = isMissing(value) ? value.missing : undefined
  return (
    <td class={text.length > longText ? 'long' : isNumber ? 'number' : ''} title={why}>
      {text === '' ? <span class="quiet">–</span> : text}
    </td>
  )
}
