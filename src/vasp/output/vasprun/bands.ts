import { column, type Rows } from './rows.ts'
import type { Eigenvalues, TotalDos } from './vasprun-file.ts'

/** How the rows of one array divide: told by the comments of the `<set>` tags around them. */
export interface RowLayout {
  /** At which row each spin begins. */
  readonly spinStarts: readonly number[]
  /** Rows of the first k-point; 0 when there is only one. */
  readonly bandsPerKpoint: number
}

export function eigenvaluesOf(rows: Rows, { spinStarts, bandsPerKpoint }: RowLayout): Eigenvalues {
  const spinCount = Math.max(1, spinStarts.length)
  const bandCount = bandsPerKpoint || rows.rowCount / spinCount
  return {
    spinCount,
    kpointCount: Math.floor(rows.rowCount / (spinCount * bandCount || 1)),
    bandCount,
    energiesEv: column(rows, 0),
    occupations: column(rows, 1),
  }
}

export function totalDosOf(rows: Rows, { spinStarts }: RowLayout): TotalDos {
  const points = spinStarts.length > 1 ? (spinStarts[1] ?? rows.rowCount) : rows.rowCount
  const states = column(rows, 1)
  const spinCount = points > 0 ? Math.floor(rows.rowCount / points) : 0
  return {
    energiesEv: column(rows, 0).slice(0, points),
    statesPerEv: Array.from({ length: spinCount }, (_, spin) =>
      states.slice(spin * points, (spin + 1) * points),
    ),
  }
}
