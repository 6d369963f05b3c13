import type { Selectable } from 'kysely'
import type { ScreenOptions } from '../../ports/screen-growth.ts'
import type { ScreenBudget } from '../../ports/site-watch.ts'
import type { ScreenRecord } from '../../ports/store.ts'
import { jsonText, plainText } from './plain-text.ts'
import type { StoreDatabase, Tables } from './tables.ts'

export async function saveScreen(database: StoreDatabase, screen: ScreenRecord): Promise<void> {
  const description = {
    source: screen.source,
    text: plainText(screen.text),
    candidates: jsonText(screen.candidates),
    budget_core_hours: screen.budgetCoreHours ?? null,
    options: jsonText(screen.options ?? {}),
  }
  await database
    .insertInto('dopant.screen')
    .values({ name: screen.name, ...description, created_at: new Date(screen.createdAt) })
    .onConflict((conflict) => conflict.column('name').doUpdateSet(description))
    .execute()
}

export async function saveScreenOptions(database: StoreDatabase, name: string, options: ScreenOptions): Promise<void> {
  await database.updateTable('dopant.screen').set({ options: jsonText(options) }).where('name', '=', name).execute()
}

export async function readNamedScreens(database: StoreDatabase, names: readonly string[]): Promise<ReadonlyMap<string, ScreenRecord>> {
  const rows = await database.selectFrom('dopant.screen').selectAll().where('name', 'in', [...names]).execute()
  return new Map(rows.map((row) => [row.name, screenRecord(row)]))
}

/** Oldest first. */
export async function readScreens(database: StoreDatabase): Promise<readonly ScreenRecord[]> {
  const rows = await database
    .selectFrom('dopant.screen')
    .selectAll()
    .orderBy('created_at')
    .orderBy('name')
    .execute()
  return rows.map(screenRecord)
}

/** Of the screens that have one. */
export async function readScreenBudgets(database: StoreDatabase): Promise<readonly ScreenBudget[]> {
  const rows = await database
    .selectFrom('dopant.screen')
    .select(['name', 'budget_core_hours'])
    .where('budget_core_hours', 'is not', null)
    .execute()
  return rows.map((row) => ({ screenName: row.name, budgetCoreHours: row.budget_core_hours ?? 0 }))
}

function screenRecord(row: Selectable<Tables['dopant.screen']>): ScreenRecord {
  const { name, source, text } = row
  const candidates = row.candidates as ScreenRecord['candidates']
  const budget = row.budget_core_hours === null ? {} : { budgetCoreHours: row.budget_core_hours }
  const options = row.options as NonNullable<ScreenRecord['options']>
  const said = Object.keys(options).length === 0 ? {} : { options }
  return { name, source, text, candidates, createdAt: row.created_at.toISOString(), ...budget, ...said }
}
