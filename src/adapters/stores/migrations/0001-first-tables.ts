import { sql, type Kysely, type Migration } from 'kysely'

const statements = [
  `CREATE TABLE dopant.meta (key text PRIMARY KEY, value text NOT NULL)`,
  `CREATE TABLE dopant.screen (
     name text PRIMARY KEY,
     source text NOT NULL,
     text text NOT NULL,
     candidates json NOT NULL,
     created_at timestamptz NOT NULL)`,
  `CREATE TABLE dopant.calculation (
     id text PRIMARY KEY,
     ordinal bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
     screen_name text NOT NULL,
     candidate_id text NOT NULL,
     step text NOT NULL,
     depends_on json NOT NULL,
     site text NOT NULL,
     plan json NOT NULL,
     state text NOT NULL,
     revision integer NOT NULL,
     attempt integer NOT NULL,
     token text,
     native_id text,
     remote_folder text,
     failure json,
     updated_at timestamptz NOT NULL)`,
  `CREATE INDEX calculation_by_site_and_state ON dopant.calculation (site, state)`,
  `CREATE INDEX calculation_by_state ON dopant.calculation (state)`,
  `CREATE INDEX calculation_by_screen ON dopant.calculation (screen_name)`,
  `CREATE TABLE dopant.event (
     sequence bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
     calculation_id text NOT NULL REFERENCES dopant.calculation (id),
     from_state text,
     to_state text NOT NULL,
     at timestamptz NOT NULL,
     actor text NOT NULL,
     reason text NOT NULL,
     attempt integer NOT NULL)`,
  `CREATE INDEX event_by_calculation ON dopant.event (calculation_id, sequence)`,
  `CREATE FUNCTION dopant.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
     BEGIN RAISE EXCEPTION 'events are only ever added'; END $$`,
  `CREATE TRIGGER events_are_only_added BEFORE UPDATE OR DELETE ON dopant.event
     FOR EACH ROW EXECUTE FUNCTION dopant.refuse_change()`,
  `CREATE TABLE dopant.result (
     calculation_id text NOT NULL REFERENCES dopant.calculation (id),
     attempt integer NOT NULL,
     result json NOT NULL,
     created_at timestamptz NOT NULL,
     PRIMARY KEY (calculation_id, attempt))`,
  // The store's own name, which goes with every copy of it: queues on a shared server are named after it.
  `INSERT INTO dopant.meta (key, value) VALUES ('identity', replace(gen_random_uuid()::text, '-', ''))`,
]

/** Screens, calculations, their events and results. */
export const firstTables: Migration = {
  up: async (database: Kysely<never>) => {
    for (const statement of statements) await sql.raw(statement).execute(database)
  },
}
