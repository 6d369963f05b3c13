import type { Vector3 } from '../base/vector.ts'

/** Whole numbers only; exact as long as they stay below 2^53. */
export type IntegerRow = readonly [number, number, number]

export function greatestCommonDivisor(values: readonly number[]): number {
  return values.reduce((a, b) => pairGcd(Math.abs(a), Math.abs(b)), 0)
}

/**
 * Hermite normal form of a lattice given by any number of integer rows: an upper triangle with positive diagonal
 * whose rows span the same lattice.
 *
 * @throws RangeError when the rows do not span three dimensions
 */
export function hermiteNormalForm(
  rows: readonly IntegerRow[],
): readonly [IntegerRow, IntegerRow, IntegerRow] {
  const work = rows.map((row) => [...row])
  for (let column = 0; column < 3; column++) clearColumn(work, column, column)
  const form = work.slice(0, 3) as unknown as [number[], number[], number[]]
  if (form.some((row, i) => (row[i] ?? 0) === 0))
    throw new RangeError('The rows span fewer than three dimensions.')
  for (let i = 1; i < 3; i++) for (let above = 0; above < i; above++) foldAbove(form, above, i)
  return form as unknown as [IntegerRow, IntegerRow, IntegerRow]
}

/**
 * For three whole numbers p without a common divisor: two rows that span all k with p·k = 0, and one with p·k = 1.
 *
 * These are the in-plane vectors of the lattice plane p and the step to the next plane.
 */
export function planeBasis(p: IntegerRow): { inPlane: readonly [IntegerRow, IntegerRow]; step: IntegerRow } {
  const work = [
    [p[0], 1, 0, 0],
    [p[1], 0, 1, 0],
    [p[2], 0, 0, 1],
  ]
  clearColumn(work, 0, 0)
  const row = (i: number): IntegerRow => [work[i]?.[1] ?? 0, work[i]?.[2] ?? 0, work[i]?.[3] ?? 0]
  return { inPlane: [row(1), row(2)], step: row(0) }
}

/** All (i, j, k) with one representative for each class of Z³ modulo the rows of a Hermite normal form. */
export function cosetRepresentatives(
  form: readonly [IntegerRow, IntegerRow, IntegerRow],
): readonly Vector3[] {
  const found: Vector3[] = []
  for (let i = 0; i < form[0][0]; i++)
    for (let j = 0; j < form[1][1]; j++) for (let k = 0; k < form[2][2]; k++) found.push([i, j, k])
  return found
}

// Euclid's algorithm on whole rows: leaves one positive entry in the column, at `pivot`, and zeros below it.
function clearColumn(work: number[][], column: number, pivot: number): void {
  for (;;) {
    const smallest = rowOfSmallest(work, column, pivot)
    if (smallest === undefined) return
    swap(work, pivot, smallest)
    const top = work[pivot] ?? []
    if ((top[column] ?? 0) < 0) top.forEach((value, i) => (top[i] = value === 0 ? 0 : -value))
    const rest = work.slice(pivot + 1).filter((row) => (row[column] ?? 0) !== 0)
    if (rest.length === 0) return
    for (const row of rest) subtractMultiple(row, top, Math.floor((row[column] ?? 0) / (top[column] ?? 1)))
  }
}

function foldAbove(form: number[][], above: number, pivot: number): void {
  const [upper, lower] = [form[above] ?? [], form[pivot] ?? []]
  subtractMultiple(upper, lower, Math.floor((upper[pivot] ?? 0) / (lower[pivot] ?? 1)))
}

function rowOfSmallest(work: readonly number[][], column: number, from: number): number | undefined {
  let best: number | undefined
  for (let i = from; i < work.length; i++) {
    const value = Math.abs(work[i]?.[column] ?? 0)
    if (value === 0) continue
    if (best === undefined || value < Math.abs(work[best]?.[column] ?? 0)) best = i
  }
  return best
}

function subtractMultiple(row: number[], other: readonly number[], factor: number): void {
  for (let i = 0; i < row.length; i++) row[i] = (row[i] ?? 0) - factor * (other[i] ?? 0)
}

function swap(work: number[][], i: number, j: number): void {
  const [a, b] = [work[i], work[j]]
  if (a === undefined || b === undefined) return
  work[i] = b
  work[j] = a
}

function pairGcd(a: number, b: number): number {
  return b === 0 ? a : pairGcd(b, a % b)
}
