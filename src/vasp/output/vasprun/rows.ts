import type { Vector3 } from '../../../base/vector.ts'
import { atEnd, nextNumber, type NumberCursor } from '../text/number.ts'

/** Rows of numbers, one after the other, in one growing array. */
export interface Rows {
  values: Float64Array
  /** Numbers so far. */
  length: number
  rowCount: number
  /** Numbers of the widest row; 0 while there is none. */
  width: number
}

export function emptyRows(): Rows {
  return { values: new Float64Array(64), length: 0, rowCount: 0, width: 0 }
}

export function clearRows(rows: Rows): void {
  rows.length = 0
  rows.rowCount = 0
  rows.width = 0
}

/** Takes the numbers of one row. A row of another width than the first is padded with NaN or cut to it. */
export function takeRow(rows: Rows, cursor: NumberCursor): void {
  const start = rows.length
  const first = rows.rowCount === 0
  let taken = 0
  while (!atEnd(cursor) && (first || taken < rows.width)) {
    const before = cursor.at
    const value = nextNumber(cursor)
    if (cursor.at === before) break
    append(rows, value)
    taken++
  }
  if (first) rows.width = taken
  for (; taken < rows.width; taken++) append(rows, NaN)
  if (rows.length > start) rows.rowCount++
}

/** One column, from `offset`, as an array of its own. */
export function column(rows: Rows, index: number): Float64Array {
  const values = new Float64Array(rows.rowCount)
  for (let row = 0; row < rows.rowCount; row++) values[row] = rows.values[row * rows.width + index] ?? NaN
  return values
}

export function vectors(rows: Rows): Vector3[] {
  const at = (row: number, axis: number) =>
    axis < rows.width ? (rows.values[row * rows.width + axis] ?? NaN) : NaN
  return Array.from({ length: rows.rowCount }, (_, row): Vector3 => [at(row, 0), at(row, 1), at(row, 2)])
}

function append(rows: Rows, value: number): void {
  if (rows.length === rows.values.length) {
    const larger = new Float64Array(rows.values.length * 2)
    larger.set(rows.values)
    rows.values = larger
  }
  rows.values[rows.length++] = value
}
