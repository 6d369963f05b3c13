import type { Rows } from './rows.ts'
import type { ProjectedDos } from './vasprun-file.ts'

/** Sums the partial densities of states of a file by element and angular momentum while they are read. */
export interface ProjectionCollector {
  /** Name of a column: `energy`, `s`, `py`, `dx2-y2`. */
  field(name: string): void
  /** From 1. */
  ion(number: number): void
  /** From 1. */
  spin(number: number): void
  /** The rows of one spin of one ion. */
  take(rows: Rows, elementOf: (ion: number) => string): void
  result(): ProjectedDos | undefined
}

export function createProjectionCollector(): ProjectionCollector {
  let fields: string[] = []
  let [ion, spin] = [0, 1]
  let energiesEv: Float64Array | undefined
  const groups = new Map<string, Float64Array[]>()

  function add(key: string, rows: Rows, column: number): void {
    const spins = groups.get(key) ?? []
    const sum = (spins[spin - 1] ??= new Float64Array(rows.rowCount))
    for (let row = 0; row < rows.rowCount; row++) sum[row]! += rows.values[row * rows.width + column] ?? 0
    groups.set(key, spins)
  }

  return {
    field: (name) => void fields.push(name.trim()),
    ion: (number) => void (ion = number),
    spin: (number) => void (spin = number),
    take(rows, elementOf) {
      energiesEv ??= Float64Array.from({ length: rows.rowCount }, (_, row) => rows.values[row * rows.width] ?? Number.NaN)
      // Of a non-collinear run, the spins after the first are components of the moment.
      if (spin > 2 || rows.rowCount !== energiesEv.length) return
      const names = fields.slice(-rows.width)
      for (let column = 1; column < rows.width; column++) add(`${elementOf(ion)} ${orbitalOf(names[column])}`, rows, column)
    },
    result() {
      if (energiesEv === undefined) return undefined
      return { energiesEv, groups: [...groups].map(([key, statesPerEv]) => ({ ...named(key), statesPerEv })) }
    },
  }
}

/** The d functions of VASP 5 and 6 are `dxy` to `dx2`, and one is called `x2-y2`. */
function orbitalOf(field = ''): string {
  return field === 'x2-y2' ? 'd' : (field[0] ?? 's')
}

function named(key: string): { element: string; orbital: string } {
  const [element = '', orbital = ''] = key.split(' ')
  return { element, orbital }
}
