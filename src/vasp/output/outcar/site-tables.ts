import { createNumberCursor, fillNumbers, numbersIn, pointAt } from '../text/number.ts'
import { lineText, type Line, type RowReader, type Section } from './line.ts'

/** A table by ions within the PAW spheres (LORBIT ≥ 10): one row an ion, POSCAR order. */
export interface SiteTable {
  /** `s p d tot` or `s p d f tot`. */
  readonly columns: readonly string[]
  /** [ion][column]. */
  readonly rows: readonly (readonly number[])[]
  /** The row `tot`; VASP omits it for a single ion. */
  readonly total?: readonly number[]
}

export type SiteTableName = 'charge' | 'x' | 'y' | 'z'

/** The last whole table of each kind. A table that ends early is no table. */
export function siteTablesSection(ions: () => number | undefined): Section & { result(): ReadonlyMap<SiteTableName, SiteTable> } {
  const tables = new Map<SiteTableName, SiteTable>()
  const cursor = createNumberCursor()
  const scratch = new Float64Array(16)

  function rows(name: SiteTableName): RowReader {
    let columns: readonly string[] = []
    const values: number[][] = []
    const wanted = ions()

    function finish(total?: readonly number[]): false {
      if (values.length > 0 && (wanted === undefined || values.length === wanted)) {
        tables.set(name, { columns, rows: values, ...(total === undefined ? {} : { total }) })
      }
      return false
    }

    function header(line: Line): boolean {
      columns = lineText(line).replace(/^#\s*of ion/, '').trim().split(/\s+/)
      return columns.length > 0
    }

    return (line) => {
      const byte = line.first < line.end ? line.bytes[line.first]! : 32
      if (byte === 32) return values.length === 0 || finish()
      if (byte === 35) return values.length === 0 && header(line)
      if (byte === 45 && line.first === line.start) return true
      if (byte === 116) return finish(totals(line))
      const count = fillNumbers(pointAt(cursor, line.bytes, line.first, line.end), scratch, 0, columns.length + 1)
      if (columns.length === 0 || count !== columns.length + 1 || scratch[0] !== values.length + 1) return finish()
      values.push(Array.from(scratch.subarray(1, count)))
      return true
    }
  }

  return {
    result: () => tables,
    markers: {
      // Not to be confused with ` total charge-density along one line`.
      'total charge': (line) => (onlyBlanks(line) ? rows('charge') : undefined),
      'magnetization (x)': () => rows('x'),
      'magnetization (y)': () => rows('y'),
      'magnetization (z)': () => rows('z'),
    },
  }
}

function totals(line: Line): readonly number[] | undefined {
  if (!lineText(line).startsWith('tot ')) return undefined
  return numbersIn(line.bytes, line.first + 3, line.end)
}

function onlyBlanks(line: Line): boolean {
  for (let at = line.after; at < line.end; at++) if (line.bytes[at]! > 32) return false
  return true
}
