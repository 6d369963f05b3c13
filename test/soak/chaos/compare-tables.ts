/** What two saved tables have in common, and where not. */
export interface TableComparison {
  readonly rows: number
  /** Rows that must be the same and hold other bytes, with the first cell that differs. */
  readonly differing: readonly string[]
  /** Rows of runs that were continued from CONTCAR and hold other bytes, and the largest change of a number in them by unit. */
  readonly continuedRows: number
  readonly largestChange: ReadonlyMap<string, number>
}

/**
 * How far a number may be from that of an undisturbed run when its relaxation was continued from CONTCAR: another path to the same
 * minimum, within EDIFFG = −0.02 eV/Å. By the unit in the column's label.
 */
export const tolerances: Readonly<Record<string, number>> = { Å: 0.01, eV: 0.005, 'eV/Å': 0.02, e: 0.01, 'μB': 0.01, 'v.u.': 0.02 }
const withoutUnit = 0.02

/**
 * Compares two CSV tables of the same screen row by row: every byte, where nothing was continued.
 *
 * @param isContinued by candidate; what others are compared with, the undoped cell, stands for all rows
 */
export function compareTables(before: string, after: string, isContinued: (candidate: string) => boolean): TableComparison {
  const [[labels = [], ...rows], [otherLabels = [], ...otherRows]] = [readCsv(before), readCsv(after)]
  const differing: string[] = []
  const largestChange = new Map<string, number>()
  if (labels.join() !== otherLabels.join() || rows.length !== otherRows.length) differing.push(`${rows.length} rows became ${otherRows.length}`)
  const all = rows.map((row, i) => ({ row, other: otherRows[i] ?? [], candidate: row[0] ?? '' }))
  const changed = all.filter(({ row, other }) => row.join('\n') !== other.join('\n'))
  for (const { row, other, candidate } of changed) {
    const at = row.findIndex((cell, i) => !isSame(cell, other[i] ?? '', labels[i] ?? '', isContinued(candidate) ? largestChange : undefined))
    if (at >= 0) differing.push(`${candidate}, ${labels[at]}: ${row[at]} became ${other[at]}`)
  }
  return { rows: rows.length, differing, continuedRows: changed.filter(({ candidate }) => isContinued(candidate)).length, largestChange }
}

function isSame(cell: string, other: string, label: string, changes: Map<string, number> | undefined): boolean {
  if (changes === undefined) return cell === other
  if (label === 'Flags') return true // it may name the attempts
  const [numbers, others] = [numbersIn(cell), numbersIn(other)]
  if (cell.replaceAll(number, '#') !== other.replaceAll(number, '#') || numbers.length !== others.length) return false
  const unit = /\(([^()]+)\)$/.exec(label)?.[1] ?? ''
  const change = Math.max(0, ...numbers.map((value, i) => Math.abs(value - (others[i] ?? NaN))))
  changes.set(unit, Math.max(changes.get(unit) ?? 0, change))
  return change <= (tolerances[unit] ?? withoutUnit)
}

const number = /[-−]?\d+(?:\.\d+)?(?:e[-+]?\d+)?/g

function numbersIn(cell: string): readonly number[] {
  return (cell.match(number) ?? []).map((text) => Number(text.replace('−', '-')))
}

/** Cells of a CSV text; a cell in quotes may hold commas, line ends and doubled quotes. */
function readCsv(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [[]]
  for (const [, quoted, plain, border] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain ?? '')
    if (border !== ',') rows.push([])
  }
  return rows.filter((row) => row.some((cell) => cell !== ''))
}
