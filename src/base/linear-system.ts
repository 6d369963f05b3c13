/**
 * Solves A x = b for a square matrix by elimination with pivots.
 *
 * @param rows [equation][unknown]
 * @returns undefined when the equations are not independent
 */
export function solveLinear(rows: readonly (readonly number[])[], right: readonly number[]): readonly number[] | undefined {
  const work = rows.map((row, i) => [...row, right[i] ?? 0])
  const size = work.length
  for (let column = 0; column < size; column++) {
    const pivot = pivotRow(work, column)
    if (Math.abs(work[pivot]?.[column] ?? 0) < singularBelow) return undefined
    ;[work[column], work[pivot]] = [work[pivot]!, work[column]!]
    for (let row = 0; row < size; row++) if (row !== column) subtractRow(work[row]!, work[column]!, column)
  }
  return work.map((row, i) => (row[size] ?? 0) / (row[i] ?? 1))
}

const singularBelow = 1e-9

function pivotRow(work: readonly (readonly number[])[], column: number): number {
  let best = column
  for (let row = column; row < work.length; row++)
    if (Math.abs(work[row]?.[column] ?? 0) > Math.abs(work[best]?.[column] ?? 0)) best = row
  return best
}

function subtractRow(row: number[], pivot: readonly number[], column: number): void {
  const factor = (row[column] ?? 0) / (pivot[column] ?? 1)
  if (factor !== 0) for (let i = column; i < row.length; i++) row[i]! -= factor * (pivot[i] ?? 0)
}

/** Every way to take `count` of the items, in order. */
export function combinations<T>(items: readonly T[], count: number): readonly (readonly T[])[] {
  if (count === 0) return [[]]
  return items.flatMap((item, i) => combinations(items.slice(i + 1), count - 1).map((rest) => [item, ...rest]))
}
