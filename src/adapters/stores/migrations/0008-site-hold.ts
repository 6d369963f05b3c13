import { sql, type Kysely, type Migration } from 'kysely'

const statements = [
  `CREATE TABLE dopant.site_hold (
     site text PRIMARY KEY,
     setting text NOT NULL,
     reason text NOT NULL,
     settings text NOT NULL,
     since timestamptz NOT NULL)`,
]

/** Sites whose own definition the batch system refuses: nothing is submitted there before a person has put it right. */
export const siteHold: Migration = {
  up: async (database: Kysely<never>) => {
    for (const statement of statements) await sql.raw(statement).execute(database)
  },
}
