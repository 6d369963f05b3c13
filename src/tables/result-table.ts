/** A value that is not there, with the reason that a reader needs. */
export interface MissingCell {
  readonly missing: string
}

/** `null` is absence that needs no explanation, such as the dopant of the pristine slab. */
export type Cell = number | string | null | MissingCell

export interface Column {
  /** Stable name in JSON and for formulas: letters and digits, the unit in it (`meanAngstrom`). */
  readonly key: string
  /** Heading for people, without the unit. */
  readonly label: string
  readonly unit?: string
  /** Decimals; numbers are rounded to them in every format alike. Absent: printed as they are. */
  readonly digits?: number
  readonly description: string
  /** Left out on a terminal, where a table should fit; every file format has it. */
  readonly isDetail?: boolean
  /** Cells are formulas, also several in a row: where a format can, counts stand low (`Li₂O`). */
  readonly isFormula?: boolean
}

export type TableRow = Readonly<Record<string, Cell>>

/** Rows of numbers and words with labelled columns: what every export format and the report start from. */
export interface ResultTable {
  /** Short, for file names: `bonds`. */
  readonly name: string
  readonly title: string
  readonly columns: readonly Column[]
  readonly rows: readonly TableRow[]
  readonly notes: readonly string[]
}

/** One file per format in this folder; binary formats return bytes. */
export interface Exporter {
  readonly format: string
  readonly fileExtension: string
  render(table: ResultTable): string | Uint8Array
}

export function missing(why: string): MissingCell {
  return { missing: why }
}

export function isMissing(cell: Cell | undefined): cell is MissingCell {
  return typeof cell === 'object' && cell !== null
}

/** `Mean length (Å)`. */
export function headerOf(column: Column): string {
  return column.unit === undefined ? column.label : `${column.label} (${column.unit})`
}
