import type { RefObject } from 'preact'
import { useState } from 'preact/hooks'
import type { MatrixLine } from './matrix.tsx'

export interface MatrixPlace {
  readonly row: number
  readonly column: number
}

const headHeight = 38
const pageRows = 10

/** One cell of the grid is in the tab order; the arrows take it elsewhere, also to lines that are not drawn yet. */
export function useMatrixKeys(box: RefObject<HTMLElement | null>, lines: readonly MatrixLine[], columns: number) {
  const [kept, setFocused] = useState<MatrixPlace>({ row: 0, column: 0 })
  const focused = clamp(kept, lines.length, columns)
  const onKeyDown = (event: KeyboardEvent): void => {
    const move = moves[event.key]
    if (move === undefined || event.metaKey || event.altKey) return
    event.preventDefault()
    const next = clamp(move(focused, { rows: lines.length, columns, isFar: event.ctrlKey }), lines.length, columns)
    setFocused(next)
    bringIntoSight(box.current, next)
  }
  return { focused, setFocused, onKeyDown }
}

interface Extent {
  readonly rows: number
  readonly columns: number
  /** With Control: to the corners. */
  readonly isFar: boolean
}

const moves: Readonly<Record<string, (place: MatrixPlace, extent: Extent) => MatrixPlace>> = {
  ArrowUp: ({ row, column }) => ({ row: row - 1, column }),
  ArrowDown: ({ row, column }) => ({ row: row + 1, column }),
  ArrowLeft: ({ row, column }) => ({ row, column: column - 1 }),
  ArrowRight: ({ row, column }) => ({ row, column: column + 1 }),
  PageUp: ({ row, column }) => ({ row: row - pageRows, column }),
  PageDown: ({ row, column }) => ({ row: row + pageRows, column }),
  Home: ({ row }, { isFar }) => ({ row: isFar ? 0 : row, column: 0 }),
  End: ({ row }, { rows, columns, isFar }) => ({ row: isFar ? rows - 1 : row, column: columns - 1 }),
}

function clamp({ row, column }: MatrixPlace, rows: number, columns: number): MatrixPlace {
  return { row: Math.max(0, Math.min(rows - 1, row)), column: Math.max(0, Math.min(columns - 1, column)) }
}

function bringIntoSight(box: HTMLElement | null, { row, column }: MatrixPlace): void {
  if (box === null) return
  const top = row * headHeight
  const sight = box.clientHeight - headHeight
  if (top < box.scrollTop) box.scrollTop = top
  if (top + headHeight > box.scrollTop + sight) box.scrollTop = top + headHeight - sight
  // The line may have to be drawn first.
  const focus = (triesLeft: number): void => {
    const cell = box.querySelector<HTMLElement>(`[data-place="${row},${column}"]`)
    if (cell !== null) cell.focus({ preventScroll: true })
    else if (triesLeft > 0) requestAnimationFrame(() => focus(triesLeft - 1))
  }
  requestAnimationFrame(() => focus(5))
}
