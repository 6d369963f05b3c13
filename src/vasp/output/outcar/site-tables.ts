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

/** As it came: [ion][number of the ion, columns …] flat. Most tables are replaced by the next, so rows are made at the end. */
interface RawTable {
  readonly columns: readonly string[]
  readonly numbers: Float64Array
  readonly total: readonly number[] | undefined
}

const mostColumns = 15

/** The last whole table of each kind. A table that ends early is no table. */
export function siteTablesSection(ions: () => number | undefined): Section & { result(): ReadonlyMap<SiteTableName, SiteTable> } {
  const tables = new Map<SiteTableName, RawTable>()
  const cursor = createNumberCursor()
  let numbers = new Float64Array(1024)

  function rows(name: SiteTableName): RowReader {
    let columns: readonly string[] = []
    let count = 0

    function finish(total?: readonly number[]): false {
      const wanted = ions()
      if (count > 0 && (wanted === undefined || count === wanted)) {
        tables.set(name, { columns, numbers: numbers.slice(0, count * (columns.length + 1)), total })
      }
      return false
    }

    function addRow(line: Line): boolean {
      const width = columns.length + 1
      const at = count * width
      if (at + width > numbers.length) numbers = grown(numbers)
      const found = fillNumbers(pointAt(cursor, line.bytes, line.first, line.end), numbers, at, width)
      if (width === 1 || found !== width || numbers[at] !== count + 1) return finish()
      count++
      return true
    }

    return (line) => {
      const byte = line.first < line.end ? line.bytes[line.first]! : 32
      if (byte >= 48 && byte <= 57) return addRow(line)
      if (byte === 32) return count === 0 || finish()
      if (byte === 45 && line.first === line.start) return true
      if (byte !== 35 || count > 0) return finish(totals(line))
      columns = columnNames(line)
      return columns.length <= mostColumns
    }
  }

  return {
    result: () => new Map([...tables].map(([name, table]) => [name, siteTable(table)])),
    markers: {
      // Not to be confused with ` total charge-density along one line`.
      'total charge': (line) => (onlyBlanks(line) ? rows('charge') : undefined),
      'magnetization (x)': () => rows('x'),
      'magnetization (y)': () => rows('y'),
      'magnetization (z)': () => rows('z'),
    },
  }
}

function siteTable({ columns, numbers, total }: RawTable): SiteTable {
  const width = columns.length + 1
  const rows = Array.from({ length: numbers.length / width }, (_, ion) => Array.from(numbers.subarray(ion * width + 1, (ion + 1) * width)))
  return { columns, rows, ...(total === undefined ? {} : { total }) }
}

/** `# of ion       s       p       d       tot`. */
function columnNames(line: Line): readonly string[] {
  return lineText(line).replace(/^#\s*of ion/, '').trim().split(/\s+/)
}

function totals(line: Line): readonly number[] | undefined {
  if (!lineText(line).startsWith('tot ')) return undefined
  return numbersIn(line.bytes, line.first + 3, line.end)
}

function onlyBlanks(line: Line): boolean {
  for (let at = line.after; at < line.end; at++) if (line.bytes[at]! > 32) return false
  return true
}

function grown(numbers: Float64Array): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(numbers.length * 2)
  larger.set(numbers)
  return larger
}
