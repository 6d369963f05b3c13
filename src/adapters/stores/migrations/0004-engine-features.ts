import { sql, type Kysely, type Migration } from 'kysely'

const statements = [
  // Set when a newer text of the screen no longer asks for it; rows are never deleted.
  `ALTER TABLE dopant.calculation ADD COLUMN obsolete_since timestamptz`,
  `ALTER TABLE dopant.calculation ADD COLUMN priority integer NOT NULL DEFAULT 0`,
  // Where it may run; empty: only at its site.
  `ALTER TABLE dopant.calculation ADD COLUMN sites json NOT NULL DEFAULT '[]'`,
  `ALTER TABLE dopant.calculation ADD COLUMN content_key text`,
  `ALTER TABLE dopant.calculation ADD COLUMN reused_from text`,
  `CREATE INDEX calculation_by_content ON dopant.calculation (content_key) WHERE content_key IS NOT NULL`,
  `ALTER TABLE dopant.screen ADD COLUMN options json NOT NULL DEFAULT '{}'`,
  `CREATE TABLE dopant.screen_revision (
     screen_name text NOT NULL,
     revision integer NOT NULL,
     text text NOT NULL,
     candidates json NOT NULL,
     calculation_ids json NOT NULL,
     at timestamptz NOT NULL,
     PRIMARY KEY (screen_name, revision))`,
  // Screens from before texts were kept begin with the one that is there.
  `INSERT INTO dopant.screen_revision (screen_name, revision, text, candidates, calculation_ids, at)
   SELECT s.name, 1, s.text, s.candidates,
          coalesce((SELECT json_agg(c.id ORDER BY c.ordinal) FROM dopant.calculation AS c WHERE c.screen_name = s.name), '[]'),
          s.created_at
   FROM dopant.screen AS s`,
  `ALTER TABLE dopant.attempt ADD COLUMN outputs json`,
  `ALTER TABLE dopant.attempt ADD COLUMN origin json`,
  `ALTER TABLE dopant.attempt ADD COLUMN adopted json`,
  // How often a task about a record has ended in an error that nobody foresaw.
  `CREATE TABLE dopant.trouble (
     task text PRIMARY KEY,
     count integer NOT NULL,
     message text NOT NULL,
     at timestamptz NOT NULL)`,
]

/** Screens that grow, priorities, several sites, reuse by content, provenance of attempts, tasks that keep failing. */
export const engineFeatures: Migration = {
  up: async (database: Kysely<never>) => {
    for (const statement of statements) await sql.raw(statement).execute(database)
  },
}
