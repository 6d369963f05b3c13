import { sql, type Kysely, type Migration } from 'kysely'

const statements = [
  `ALTER TABLE dopant.screen ADD COLUMN budget_core_hours double precision`,
  `CREATE TABLE dopant.site_traffic (
     site text NOT NULL,
     hour timestamptz NOT NULL,
     connections bigint NOT NULL,
     status_calls bigint NOT NULL,
     accounting_calls bigint NOT NULL,
     other_commands bigint NOT NULL,
     files_sent bigint NOT NULL,
     bytes_sent bigint NOT NULL,
     files_received bigint NOT NULL,
     bytes_received bigint NOT NULL,
     PRIMARY KEY (site, hour))`,
  `CREATE TABLE dopant.site_watch (
     site text PRIMARY KEY,
     seen_at timestamptz NOT NULL,
     other_jobs integer NOT NULL,
     full_reason text,
     full_since timestamptz,
     full_jobs integer)`,
  `CREATE TABLE dopant.job_notice (
     calculation_id text PRIMARY KEY REFERENCES dopant.calculation (id),
     reason text NOT NULL,
     never_runs text)`,
]

/** What was asked of each site by the hour, what its queue said last, why jobs wait, and what a screen may cost. */
export const limits: Migration = {
  up: async (database: Kysely<never>) => {
    for (const statement of statements) await sql.raw(statement).execute(database)
  },
}
