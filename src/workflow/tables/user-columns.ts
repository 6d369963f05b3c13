import { compileFormula, type FormulaVariable } from '../../analysis/formula.ts'
import { isKnownError } from '../../base/known-error.ts'
import { missing, type Cell, type Column, type ResultTable, type TableRow } from '../../tables/result-table.ts'

/** A formula over the columns of a table, as a screen file states it. */
export interface UserColumn {
  readonly formula: string
  readonly unit?: string | undefined
  readonly digits?: number | undefined
}

/**
 * A table with columns that a user computes from the others of the same row.
 *
 * A row that lacks a value has an empty cell that says why; the other rows have theirs.
 *
 * @throws FormulaError when a formula is no expression
 */
export async function withUserColumns(
  table: ResultTable,
  columns: Readonly<Record<string, string | UserColumn>>,
): Promise<ResultTable> {
  let extended = table
  for (const [key, given] of Object.entries(columns)) {
    extended = await withColumn(extended, key, typeof given === 'string' ? { formula: given } : given)
  }
  return extended
}

async function withColumn(table: ResultTable, key: string, { formula, unit, digits }: UserColumn): Promise<ResultTable> {
  const compute = await compileFormula({ text: formula, ...(unit === undefined ? {} : { unit }) })
  const column: Column = {
    key,
    label: key,
    description: `User formula: ${formula}`,
    ...(unit === undefined ? {} : { unit }),
    digits: digits ?? 3,
  }
  const rows = table.rows.map((row) => ({ ...row, [key]: cellOf(() => compute(variablesOf(table, row))) }))
  return { ...table, columns: [...table.columns, column], rows }
}

function variablesOf(table: ResultTable, row: TableRow): Readonly<Record<string, FormulaVariable>> {
  return Object.fromEntries(
    table.columns.flatMap(({ key, unit }) => {
      const value = row[key]
      return typeof value === 'number' ? [[key, { value, ...(unit === undefined ? {} : { unit }) }]] : []
    }),
  )
}

function cellOf(compute: () => number): Cell {
  try {
    return compute()
  } catch (error) {
    if (!isKnownError(error)) throw error
    return missing(error.message)
  }
}
