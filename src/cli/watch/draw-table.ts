import type { CalculationRow } from '../../web/calculation-row.ts'
import { energyWords, forceWords, leftWords, rowWords } from './row-words.ts'
import { stateSigns } from './state-signs.ts'
import { span, type Line, type Span, type Style } from './styled-line.ts'
import { fitEnd, fitStart, padTo, textWidth } from './text-width.ts'
import type { WatchNow } from './watch-now.ts'

/** How a table fits into a terminal. */
export interface TableShape {
  readonly columns: number
  readonly isAscii: boolean
  /** Columns for names of calculations. */
  readonly nameColumns: number
  /** Beginning that all names share and none shows. */
  readonly sharedPrefix: string
}

interface Column {
  readonly title: string
  readonly columns: number
  /** The terminal is at least so wide. */
  readonly from: number
  readonly side: 'left' | 'right'
  readonly words: (row: CalculationRow, now: WatchNow) => string
}

const extras: readonly Column[] = [
  { title: 'try', columns: 3, from: 96, side: 'right', words: ({ attempt }) => (attempt === 0 ? '' : String(attempt)) },
  { title: 'site', columns: 10, from: 72, side: 'left', words: ({ site }) => site },
  { title: 'job', columns: 8, from: 108, side: 'left', words: ({ nativeId }) => nativeId ?? '' },
  { title: 'E0 (eV)', columns: 10, from: 132, side: 'right', words: ({ id }, { progress }) => energyWords(progress.get(id)) },
  { title: 'eV/Å', columns: 6, from: 120, side: 'right', words: ({ id }, { progress }) => forceWords(progress.get(id)) },
  { title: 'left', columns: 6, from: 84, side: 'right', words: (row, { progress }) => leftWords(row, progress.get(row.id)) },
]
const stateColumns = 11

/** The shape that fits all rows at this width; what they share is told once, in the header. */
export function tableShape(rows: readonly CalculationRow[], columns: number, isAscii: boolean): TableShape {
  const first = rows[0]
  const sharedPrefix = first !== undefined && rows.every(({ screen }) => screen === first.screen) ? `${first.screen}/` : ''
  const longest = rows.reduce((most, { id }) => Math.max(most, id.length), 11) - sharedPrefix.length
  const room = columns - fixedColumns(columns)
  return { columns, isAscii, sharedPrefix, nameColumns: Math.max(8, Math.min(Math.max(longest, 11), columns < 60 ? room - 1 : Math.floor(room * 0.6))) }
}

export function headingLine({ columns, nameColumns }: TableShape): Line {
  const titles = shownExtras(columns).map((column) => padTo(column.title, column.columns, column.side))
  return [span(`    ${padTo('calculation', nameColumns)}  ${padTo('state', stateColumns)} ${[...titles, ''].join('  ')}`, 'dim')]
}

/** One calculation on one line: mark of the cursor, sign, name, state, and as much else as fits. */
export function rowLine(row: CalculationRow, now: WatchNow, shape: TableShape, isChosen: boolean): Line {
  const { sign, ascii, style } = stateSigns[row.state]
  const name = row.id.startsWith(shape.sharedPrefix) ? row.id.slice(shape.sharedPrefix.length) : row.id
  const strong: Style = isChosen ? 'strong' : 'plain'
  const cells = shownExtras(shape.columns).map((column) => padTo(fitStart(column.words(row, now), column.columns), column.columns, column.side))
  return [
    span(isChosen ? (shape.isAscii ? '> ' : '▌ ') : '  ', 'strong'),
    span(`${shape.isAscii ? ascii : sign} `, style),
    span(padTo(fitEnd(name, shape.nameColumns), shape.nameColumns), row.state === 'planned' && !isChosen ? 'dim' : strong),
    span(`  ${padTo(stateWord(row), stateColumns)} `, style),
    span([...cells, ''].join('  ')),
    ...wordsSpans(rowWords(row, now), shape, style),
  ]
}

function wordsSpans(words: string, { columns, nameColumns }: TableShape, style: Style): readonly Span[] {
  const room = columns - nameColumns - fixedColumns(columns)
  return room < 6 || words === '' ? [] : [span(fitStart(words, room), style === 'red' || style === 'strong-red' ? 'red' : 'dim')]
}

function stateWord({ state }: CalculationRow): string {
  return state === 'submit-unknown' ? 'unsure' : state
}

function shownExtras(columns: number): readonly Column[] {
  return extras.filter(({ from }) => columns >= from)
}

/** Everything but names and words. */
function fixedColumns(columns: number): number {
  return 4 + 2 + stateColumns + 1 + shownExtras(columns).reduce((sum, column) => sum + column.columns + 2, 0)
}

export function spansWidth(line: Line): number {
  return line.reduce((sum, { text }) => sum + textWidth(text), 0)
}
