import { sql } from 'kysely'
import type { TroubleRecord } from '../../ports/screen-growth.ts'
import { plainText } from './plain-text.ts'
import type { StoreDatabase } from './tables.ts'

/** The count lives here and not in the queue, because a queue may be wiped and a process killed. */
export async function countTrouble(database: StoreDatabase, task: string, message: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    INSERT INTO dopant.trouble AS known (task, count, message, at) VALUES (${task}, 1, ${plainText(message)}, clock_timestamp())
    ON CONFLICT (task) DO UPDATE SET count = known.count + 1, message = excluded.message, at = excluded.at
    RETURNING count`.execute(database)
  return rows[0]?.count ?? 1
}

export async function readTroubles(database: StoreDatabase): Promise<readonly TroubleRecord[]> {
  const rows = await database.selectFrom('dopant.trouble').selectAll().orderBy('at').execute()
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }))
}

export async function forgetTrouble(database: StoreDatabase, task: string): Promise<void> {
  await database.deleteFrom('dopant.trouble').where('task', '=', task).execute()
}

export async function readMark(database: StoreDatabase, name: string): Promise<string | undefined> {
  const row = await database.selectFrom('dopant.meta').select('value').where('key', '=', `mark/${name}`).executeTakeFirst()
  return row?.value
}

export async function saveMark(database: StoreDatabase, name: string, value: string): Promise<void> {
  const insert = database.insertInto('dopant.meta').values({ key: `mark/${name}`, value })
  await insert.onConflict((taken) => taken.column('key').doUpdateSet({ value })).execute()
}
