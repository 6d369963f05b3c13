import type { CalculationRow } from '../../web/calculation-row.ts'
import type { WatchView } from './watch-view.ts'

export type CursorMove = 'up' | 'down' | 'page-up' | 'page-down' | 'home' | 'end'

type Place = Pick<WatchView, 'cursorId' | 'cursor' | 'top'>

/** Where the cursor is among the rows now: at its calculation, else as near as possible to where it was. */
export function cursorAt(rows: readonly CalculationRow[], { cursorId, cursor }: Pick<Place, 'cursorId' | 'cursor'>): number {
  if (rows.length === 0) return 0
  // Most of the time it has not moved; searching thousands of rows is for when it has.
  if (rows[cursor]?.id === cursorId) return cursor
  const found = cursorId === undefined ? -1 : rows.findIndex(({ id }) => id === cursorId)
  return found >= 0 ? found : Math.min(cursor, rows.length - 1)
}

/** The place after rows have changed or the screen has another height: the cursor in sight, no empty lines below the last row. */
export function settle(rows: readonly CalculationRow[], place: Place, height: number): Place {
  const cursor = cursorAt(rows, place)
  return { cursorId: rows[cursor]?.id, cursor, top: topFor(cursor, place.top, rows.length, height) }
}

export function moveCursor(rows: readonly CalculationRow[], place: Place, move: CursorMove, height: number): Place {
  const cursor = within(moved(cursorAt(rows, place), move, rows.length, height), rows.length)
  return { cursorId: rows[cursor]?.id, cursor, top: topFor(cursor, place.top, rows.length, height) }
}

/** First line in sight of a page of text. */
export function scroll(top: number, move: CursorMove, lines: number, height: number): number {
  return Math.max(0, Math.min(moved(top, move, lines, height), lines - height))
}

function moved(from: number, move: CursorMove, count: number, height: number): number {
  const page = Math.max(1, height - 1)
  return { up: from - 1, down: from + 1, 'page-up': from - page, 'page-down': from + page, home: 0, end: count - 1 }[move]
}

function topFor(cursor: number, top: number, count: number, height: number): number {
  const visible = Math.max(1, height)
  const lowest = Math.max(0, count - visible)
  return Math.min(lowest, Math.max(cursor - visible + 1, Math.min(top, cursor)))
}

function within(cursor: number, count: number): number {
  return Math.max(0, Math.min(cursor, count - 1))
}
