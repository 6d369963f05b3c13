import { sql, type Kysely, type Migration } from 'kysely'

/** What a calculation waits for is found as quickly as who waits for it: what can go on is asked of the database, not read out of it. */
export const whatItWaitsFor: Migration = {
  up: async (database: Kysely<never>) => {
    await sql`CREATE INDEX dependency_of ON dopant.dependency (calculation_id, waits_for)`.execute(database)
  },
}
