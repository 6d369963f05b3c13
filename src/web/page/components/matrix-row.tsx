import type { CalculationRow } from '../../calculation-row.ts'
import { calculationPath } from '../router.ts'
import { stateLooks } from '../state-look.ts'
import { Link } from './link.tsx'
import type { MatrixLine } from './matrix.tsx'
import { StateMark } from './state-mark.tsx'
import type { MatrixPlace } from './use-matrix-keys.ts'

interface MatrixRowProps {
  readonly line: MatrixLine
  readonly steps: readonly string[]
  readonly index: number
  readonly focused: MatrixPlace
  readonly onFocus: (place: MatrixPlace) => void
}

export function MatrixRow({ line: { candidate, cells }, steps, index, focused, onFocus }: MatrixRowProps) {
  return (
    <div class="matrix-row" role="row" aria-rowindex={index + 2}>
      <span role="rowheader" class="candidate" title={candidate.warnings.join('\n') || undefined}>
        <b>{candidate.id}</b>
        <span class="quiet">
          <Formula text={candidate.formula} />
          {candidate.site !== null && <span class="wide-only"> · {candidate.site}</span>}
        </span>
      </span>
      {cells.map((row, column) => (
        <span key={steps[column]} role="gridcell">
          {row === undefined ? <span class="quiet">–</span> : <Cell row={row} isInTabOrder={focused.row === index && focused.column === column} place={{ row: index, column }} onFocus={onFocus} />}
        </span>
      ))}
    </div>
  )
}

interface CellProps {
  readonly row: CalculationRow
  readonly isInTabOrder: boolean
  readonly place: MatrixPlace
  readonly onFocus: (place: MatrixPlace) => void
}

function Cell({ row, isInTabOrder, place, onFocus }: CellProps) {
  const { words, tone } = stateLooks[row.state]
  const why = row.failure?.message ?? row.reason
  return (
    <Link
      to={calculationPath(row.id)}
      class={`cell tone-${tone}`}
      tabIndex={isInTabOrder ? 0 : -1}
      data-place={`${place.row},${place.column}`}
      aria-label={`${row.candidate}, ${row.step}: ${words}${row.attempt > 1 ? `, attempt ${row.attempt}` : ''}`}
      title={why === '' ? undefined : why}
      onFocus={() => onFocus(place)}
    >
      <StateMark state={row.state} />
      <span class="cell-words">{words}</span>
      {row.attempt > 1 && <small title={`Attempt ${row.attempt}`}>{ordinal(row.attempt)}</small>}
    </Link>
  )
}

function ordinal(count: number): string {
  return `${count}${count === 2 ? 'nd' : count === 3 ? 'rd' : 'th'}`
}

/** `Li16Mn7O24B` with its numbers below the line. */
export function Formula({ text }: { text: string }) {
  return <>{text.split(/(\d+)/).map((part, n) => (n % 2 === 1 ? <sub key={n}>{part}</sub> : part))}</>
}
