import type { CalculationRow } from '../../web/calculation-row.ts'
import { detailLines, type WatchedDetail } from './draw-detail.ts'
import { headerLines, type Drawing } from './draw-header.ts'
import { helpLines } from './draw-help.ts'
import { headingLine, rowLine, tableShape, type TableShape } from './draw-table.ts'
import { span, type Line } from './styled-line.ts'
import type { WatchNow } from './watch-now.ts'
import type { WatchView } from './watch-view.ts'

/** Everything that a picture is made of. */
export interface Picture {
  readonly now: WatchNow
  readonly view: WatchView
  /** After filter and order. */
  readonly selected: readonly CalculationRow[]
  readonly detail: WatchedDetail | undefined
  readonly log: readonly string[]
}

/** The whole screen as lines, exactly as many as the terminal has; only rows in sight are made. */
export function drawScreen(picture: Picture, drawing: Drawing, shape: TableShape): readonly Line[] {
  const { page, top } = picture.view
  const body = page === 'list' ? listLines(picture, drawing, shape) : pageLines(picture, drawing.isAscii).slice(top)
  const height = Math.max(0, drawing.rows - 2)
  const filled = [...body.slice(0, height), ...Array.from({ length: Math.max(0, height - body.length) }, (): Line => [])]
  return [...filled, messageLine(picture), footLine(picture.view, drawing.columns)].slice(-drawing.rows)
}

/** How many rows of the table fit. */
export function listHeight(now: WatchNow, view: WatchView, drawing: Drawing): number {
  return Math.max(1, drawing.rows - 3 - headerLines(now, view, drawing).length)
}

/** All lines of a page that is read rather than moved in. */
export function pageLines({ now, view, detail, log }: Pick<Picture, 'now' | 'view' | 'detail' | 'log'>, isAscii: boolean): readonly Line[] {
  if (view.page === 'help') return helpLines(isAscii)
  const row = now.rows.find(({ id }) => id === view.cursorId)
  if (row === undefined) return [[span(' This calculation is gone.', 'dim')]]
  if (view.page === 'log') return [[span(` ${row.id}`, 'strong'), span('  vasp.out', 'dim')], [], ...log.map((text): Line => [span(` ${text}`)])]
  return detailLines(row, now.progress.get(row.id), detail?.id === row.id ? detail : undefined, now.notices.get(row.id), isAscii)
}

function listLines({ now, view, selected }: Picture, drawing: Drawing, shape: TableShape): readonly Line[] {
  const height = listHeight(now, view, drawing)
  const visible = selected.slice(view.top, view.top + height)
  const empty: readonly Line[] = selected.length > 0 ? [] : [[span(now.rows.length === 0 ? '  Nothing was submitted here yet.' : '  No row has these words and states; 0 shows all.', 'dim')]]
  return [
    ...headerLines(now, view, drawing),
    headingLine(shape),
    ...visible.map((row) => rowLine(row, now, shape, row.id === view.cursorId)),
    ...empty,
  ]
}

function messageLine({ view, selected, now }: Picture): Line {
  const { asked, isTyping, filter, message, page, cursorId, sort, cursor } = view
  if (asked !== undefined) return [span(` ${questions[asked]} ${cursorId ?? ''}?`, 'strong'), span('  y yes · any other key no', 'dim')]
  if (isTyping) return [span(' /', 'strong'), span(`${filter}_`), span('   Enter keep · Esc clear', 'dim')]
  if (message !== '') return [span(` ${message}`, 'yellow')]
  if (page !== 'list') return []
  const part = selected.length === now.rows.length ? '' : ` of ${now.rows.length}`
  const words = filter === '' ? '' : ` · words: ${filter}`
  return [span(` ${selected.length === 0 ? 0 : cursor + 1}/${selected.length}${part} · by ${sort}${words}`, 'dim')]
}

const questions = {
  retry: 'Try again',
  cancel: 'Cancel, and end the job of',
  pause: 'Hold',
  resume: 'Let go on',
} as const

function footLine({ page }: WatchView, columns: number): Line {
  const all =
    page === 'list'
      ? ['Enter detail', '/ find', '1-6 states', 's sort', 'l log', 't retry', 'p hold', 'x cancel', '? help', 'q quit']
      : page === 'detail'
        ? ['Esc back', 'l log', 't retry', 'p hold', 'u go on', 'x cancel', '? help', 'q quit']
        : ['Esc back', 'r again', '? help', 'q quit']
  const fits = (words: readonly string[]): boolean => words.join('  ').length + 2 <= columns
  const shown = fits(all) ? all : all.filter((_, i) => i === 0 || i >= all.length - 2)
  return shown.flatMap((each) => {
    const [key = '', ...rest] = each.split(' ')
    return [span(' '), span(key, 'strong'), span(` ${rest.join(' ')} `, 'dim')]
  })
}

/** Wide enough for any message. */
export const plainColumns = 400

/** The same for a file or a pipe: everything once, no keys, nothing cut. */
export function drawPlain(picture: Picture, columns: number, isAscii: boolean, title: string): readonly Line[] {
  const drawing = { columns: Math.min(columns, 132), rows: 1000, isAscii, title }
  const shape = tableShape(picture.selected, columns, isAscii)
  return [...headerLines(picture.now, picture.view, drawing), headingLine(shape), ...picture.selected.map((row) => rowLine(row, picture.now, shape, false))]
}
