import { sql, type Kysely, type Migration } from 'kysely'

const statements = [
  `CREATE TABLE dopant.attempt (
     calculation_id text NOT NULL REFERENCES dopant.calculation (id),
     attempt integer NOT NULL,
     site text NOT NULL,
     remote_folder text,
     native_id text,
     staged_at timestamptz NOT NULL,
     started_at timestamptz,
     ended_at timestamptz,
     cores integer,
     core_hours double precision,
     resources json,
     exit_code integer,
     exit_cause text,
     corrections json NOT NULL,
     diagnoses json NOT NULL,
     decision json,
     input_sha256 json,
     PRIMARY KEY (calculation_id, attempt))`,
  // What was run before attempts had rows: the events know when each was staged.
  `INSERT INTO dopant.attempt
     (calculation_id, attempt, site, remote_folder, native_id, staged_at, corrections, diagnoses)
   SELECT e.calculation_id, e.attempt, c.site,
          CASE WHEN e.attempt = c.attempt THEN c.remote_folder END,
          CASE WHEN e.attempt = c.attempt THEN c.native_id END,
          min(e.at), '[]', '[]'
   FROM dopant.event AS e JOIN dopant.calculation AS c ON c.id = e.calculation_id
   WHERE e.attempt > 0
   GROUP BY e.calculation_id, e.attempt, c.site, c.attempt, c.remote_folder, c.native_id`,
  `CREATE TABLE dopant.progress (
     calculation_id text PRIMARY KEY REFERENCES dopant.calculation (id),
     attempt integer NOT NULL,
     progress json NOT NULL,
     at timestamptz NOT NULL)`,
  `CREATE TABLE dopant.series_correction (
     screen_name text NOT NULL,
     step text NOT NULL,
     name text NOT NULL,
     correction json NOT NULL,
     accepted_at timestamptz NOT NULL,
     PRIMARY KEY (screen_name, step, name))`,
]

/** One row for each attempt; how far a running one has come; what a person accepted for a whole series. */
export const attempts: Migration = {
  up: async (database: Kysely<never>) => {
    for (const statement of statements) await sql.raw(statement).execute(database)
  },
}
