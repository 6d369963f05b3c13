import { sql } from 'kysely'
import { z } from 'zod'
import { KnownError } from '../../base/known-error.ts'
import { migrate, migrationNames } from './migrate.ts'
import { StoreNewerError } from './database-errors.ts'
import type { StoreDatabase } from './tables.ts'

/** The whole store as lines of JSON, for another database, another version of the engine, or a safe place. */
export interface StoreBackup {
  /** One consistent state, also while an engine on another machine works. */
  exportLines(): AsyncIterable<string>
  /** All of it or nothing, into a store without screens. @throws ImportRefusedError, StoreNewerError */
  importLines(lines: AsyncIterable<string>): Promise<number>
}

export class ImportRefusedError extends KnownError {
  readonly code = 'IMPORT_REFUSED'
  readonly remedy: string
  constructor(problem: string, remedy: string) {
    super(problem)
    this.remedy = remedy
  }
}

/** Of the lines, not of the tables: those are told by the names of their migrations. */
const formatVersion = 1
const header = z.object({ format: z.literal('dopant-store'), version: z.int(), migrations: z.array(z.string()) })
const rowLine = z.object({ table: z.string(), row: z.record(z.string(), z.unknown()) })
const endLine = z.object({ rows: z.int() })

export function storeBackup(database: StoreDatabase): StoreBackup {
  return { exportLines: () => exportLines(database), importLines: (lines) => importLines(database, lines) }
}

const rowsPerFetch = 200

async function* exportLines(database: StoreDatabase): AsyncIterable<string> {
  await migrate(database)
  const transaction = await database.startTransaction().setIsolationLevel('repeatable read').execute()
  try {
    yield JSON.stringify({ format: 'dopant-store', version: formatVersion, migrations: migrationNames })
    let rows = 0
    for (const table of await tablesOf(transaction)) {
      const order = sql.raw(orderOf[table] ?? 'ctid')
      // Rows are written by the database: numbers, JSON and times come back to the last digit.
      await sql`DECLARE dopant_export CURSOR FOR SELECT row_to_json(t)::text AS row FROM ${sql.table(`dopant.${table}`)} AS t ORDER BY ${order}`.execute(transaction)
      for (;;) {
        const fetched = await sql<{ row: string }>`${sql.raw(`FETCH ${rowsPerFetch} FROM dopant_export`)}`.execute(transaction)
        for (const { row } of fetched.rows) yield `{"table":${JSON.stringify(table)},"row":${row}}`
        rows += fetched.rows.length
        if (fetched.rows.length < rowsPerFetch) break
      }
      await sql`CLOSE dopant_export`.execute(transaction)
    }
    yield JSON.stringify({ rows })
  } finally {
    await transaction.rollback().execute()
  }
}

const orderOf: Readonly<Record<string, string>> = { calculation: 'ordinal', event: 'sequence' }

/** Every table refers to calculations at most: those come first. Who waits for whom follows from them. */
async function tablesOf(database: StoreDatabase): Promise<readonly string[]> {
  const { rows } = await sql<{ name: string }>`
    SELECT table_name AS name FROM information_schema.tables
    WHERE table_schema = 'dopant' AND table_type = 'BASE TABLE' AND table_name NOT LIKE 'kysely%' AND table_name <> 'dependency'
    ORDER BY table_name <> 'calculation', table_name`.execute(database)
  return rows.map(({ name }) => name)
}

async function importLines(database: StoreDatabase, lines: AsyncIterable<string>): Promise<number> {
  await migrate(database)
  try {
    return await database.transaction().execute((transaction) => importWithin(transaction, lines))
  } catch (error) {
    // Class 22: a value that its column cannot hold; class 23: a row that another one misses, or has already.
    const { code, message } = error as { readonly code?: unknown; readonly message: string }
    if (typeof code !== 'string' || !/^2[23]...$/.test(code)) throw error
    throw new ImportRefusedError(`The file does not hang together: ${message}.`, unchangedFile)
  }
}

const unchangedFile = 'Give a file that `dopant store export` wrote, unchanged.'

async function importWithin(transaction: StoreDatabase, lines: AsyncIterable<string>): Promise<number> {
  await refuseFull(transaction)
  const columns = await columnsOf(transaction)
  let counts: { readonly rows: number; readonly promised: number | undefined } | undefined
  let batch: readonly RowText[] = []
  for await (const line of lines) {
    if (counts === undefined) {
      readHeader(line)
      counts = { rows: 0, promised: undefined }
    } else if (line.startsWith('{"table":')) {
      const row = readRow(columns, line)
      if (batch.length === rowsPerFetch || (batch[0] !== undefined && batch[0].kind !== row.kind)) {
        await insert(transaction, batch)
        batch = []
      }
      batch = [...batch, row]
      counts = { ...counts, rows: counts.rows + 1 }
    } else {
      counts = { ...counts, promised: endLine.safeParse(parsed(line)).data?.rows }
    }
  }
  if (counts === undefined || counts.promised !== counts.rows) {
    throw new ImportRefusedError('The file is cut off or was changed: its last line does not agree with the rest.', 'Export it again.')
  }
  await insert(transaction, batch)
  await goOnCounting(transaction)
  return counts.rows
}

async function refuseFull(database: StoreDatabase): Promise<void> {
  const { rows } = await sql<{ name: string }>`SELECT name FROM dopant.screen LIMIT 1`.execute(database)
  if (rows.length === 0) return
  throw new ImportRefusedError('This project has screens already, and an import would mix two histories.', 'Import into an empty project folder or database.')
}

function readHeader(line: string): void {
  const read = header.safeParse(parsed(line))
  if (!read.success) throw new ImportRefusedError('The file is no exported store.', unchangedFile)
  const unknown = read.data.migrations.filter((name) => !migrationNames.includes(name))
  if (read.data.version > formatVersion || unknown.length > 0) throw new StoreNewerError(unknown.length > 0 ? unknown : [`format ${read.data.version}`])
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

type Columns = ReadonlyMap<string, ReadonlySet<string>>

async function columnsOf(database: StoreDatabase): Promise<Columns> {
  const { rows } = await sql<{ table_name: string; column_name: string }>`
    SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'dopant'`.execute(database)
  const columns = new Map<string, Set<string>>()
  for (const row of rows) columns.set(row.table_name, (columns.get(row.table_name) ?? new Set()).add(row.column_name))
  return columns
}

interface RowText {
  readonly table: string
  /** Those that this version knows; what an older version did not write takes its default. */
  readonly columns: readonly string[]
  /** Rows of one kind go together in one statement. */
  readonly kind: string
  readonly json: string
}

function readRow(columns: Columns, line: string): RowText {
  const read = rowLine.safeParse(parsed(line))
  const known = read.success && !read.data.table.startsWith('kysely') ? columns.get(read.data.table) : undefined
  if (!read.success || known === undefined) throw new ImportRefusedError('The file holds a line that is no row of a store.', unchangedFile)
  const { table, row } = read.data
  const names = Object.keys(row).filter((name) => known.has(name))
  // The text of the row itself and not what JavaScript makes of it: a bigint keeps all its digits.
  return { table, columns: names, kind: [table, ...names].join(), json: line.slice(line.indexOf(',"row":') + 7, -1) }
}

async function insert(database: StoreDatabase, batch: readonly RowText[]): Promise<void> {
  const first = batch[0]
  if (first === undefined) return
  const names = sql.join(first.columns.map((name) => sql.ref(name)))
  const target = sql.table(`dopant.${first.table}`)
  const rows = `[${batch.map(({ json }) => json).join(',')}]`
  const conflict = first.table === 'meta' ? sql`ON CONFLICT (key) DO UPDATE SET value = excluded.value` : sql``
  await sql`
    INSERT INTO ${target} (${names}) OVERRIDING SYSTEM VALUE
    SELECT ${names} FROM json_populate_recordset(NULL::${target}, ${rows}::json) ${conflict}`.execute(database)
}

/** New calculations and events come behind the imported ones. */
async function goOnCounting(database: StoreDatabase): Promise<void> {
  for (const [table, column] of Object.entries(orderOf)) {
    await sql`
      SELECT setval(pg_get_serial_sequence(${`dopant.${table}`}, ${column}), coalesce(max(${sql.ref(column)}), 0) + 1, false)
      FROM ${sql.table(`dopant.${table}`)}`.execute(database)
  }
}
