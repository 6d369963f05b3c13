import { Migrator, sql } from 'kysely'
import { StoreNewerError } from './database-errors.ts'
import { firstTables } from './migrations/0001-first-tables.ts'
import { attempts } from './migrations/0002-attempts.ts'
import { limits } from './migrations/0003-limits.ts'
import { engineFeatures } from './migrations/0004-engine-features.ts'
import { scale } from './migrations/0007-scale.ts'
import { siteHold } from './migrations/0008-site-hold.ts'
import { whatItWaitsFor } from './migrations/0009-what-it-waits-for.ts'
import { storeSchema, type StoreDatabase } from './tables.ts'

/** In the order of their names; a released one is never changed. */
const migrations = {
  '0001-first-tables': firstTables,
  '0002-attempts': attempts,
  '0003-limits': limits,
  '0004-engine-features': engineFeatures,
  '0007-scale': scale,
  '0008-site-hold': siteHold,
  '0009-what-it-waits-for': whatItWaitsFor,
}

/** What this version knows, oldest first. */
export const migrationNames: readonly string[] = Object.keys(migrations)

/**
 * Brings the store's tables to what this version expects; all or nothing.
 *
 * @throws StoreNewerError when a newer version has been here
 */
export async function migrate(database: StoreDatabase): Promise<void> {
  const applied = await appliedMigrations(database)
  const unknown = applied.filter((name) => !Object.hasOwn(migrations, name))
  if (unknown.length > 0) throw new StoreNewerError(unknown)
  if (applied.length === Object.keys(migrations).length) return
  const migrator = new Migrator({
    db: database,
    provider: { getMigrations: async () => migrations },
    migrationTableSchema: storeSchema,
  })
  const { error } = await migrator.migrateToLatest()
  if (error !== undefined) throw error
}

async function appliedMigrations(database: StoreDatabase): Promise<readonly string[]> {
  const table = await sql<{
    there: string | null
  }>`SELECT to_regclass('dopant.kysely_migration')::text AS there`.execute(database)
  if ((table.rows[0]?.there ?? null) === null) return []
  const { rows } = await sql<{
    name: string
  }>`SELECT name FROM dopant.kysely_migration ORDER BY name`.execute(database)
  return rows.map(({ name }) => name)
}
