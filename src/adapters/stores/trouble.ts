import { sql } from 'kysely'
import type { TroubleRecord } from '../../ports/screen-growth.ts'
import type { Answer } from './gather.ts'
import { plainText } from './plain-text.ts'
import type { StoreDatabase } from './tables.ts'

export interface Trouble {
  readonly task: string
  readonly message: string
}

/**
 * Counts one for each, and says how many there are now. The count lives here and not in the queue, because a queue may be wiped and
 * a process killed.
 */
export async function countTroubles(database: StoreDatabase, troubles: readonly Trouble[]): Promise<readonly Answer<number>[]> {
  const given = new Map(troubles.map((each) => [each.task, each]))
  const times = (task: string): number => troubles.filter((each) => each.task === task).length
  // In the order of their names, so that no two writers wait for each other.
  const values = [...given.values()]
    .toSorted((a, b) => (a.task < b.task ? -1 : 1))
    .map(({ task, message }) => sql`(${task}::text, ${times(task)}::int, ${plainText(message)}::text, clock_timestamp())`)
  const { rows } = await sql<{ task: string; count: number }>`
    INSERT INTO dopant.trouble AS known (task, count, message, at) VALUES ${sql.join(values)}
    ON CONFLICT (task) DO UPDATE SET count = known.count + excluded.count, message = excluded.message, at = excluded.at
    RETURNING task, count`.execute(database)
  const counts = new Map(rows.map(({ task, count }) => [task, count]))
  return troubles.map(({ task }) => ({ answer: counts.get(task) ?? 1 }))
}

export async function readTroubles(database: StoreDatabase): Promise<readonly TroubleRecord[]> {
  const rows = await database.selectFrom('dopant.trouble').selectAll().orderBy('at').execute()
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }))
}

export async function forgetTroubles(database: StoreDatabase, tasks: readonly string[]): Promise<void> {
  await sql`
    DELETE FROM dopant.trouble WHERE task IN
      (SELECT task FROM dopant.trouble WHERE task = ANY(${tasks}::text[]) ORDER BY task FOR UPDATE)`.execute(database)
}

export async function readMark(database: StoreDatabase, name: string): Promise<string | undefined> {
  const row = await database.selectFrom('dopant.meta').select('value').where('key', '=', `mark/${name}`).executeTakeFirst()
  return row?.value
}

export async function saveMark(database: StoreDatabase, name: string, value: string): Promise<void> {
  const insert = database.insertInto('dopant.meta').values({ key: `mark/${name}`, value })
  await insert.onConflict((taken) => taken.column('key').doUpdateSet({ value })).execute()
}
