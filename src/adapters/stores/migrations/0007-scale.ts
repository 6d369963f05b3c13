import { sql, type Kysely, type Migration } from 'kysely'

/** Kept by the database itself, whoever writes calculations; the lists in the calculations are the truth. */
const statements = [
  `CREATE TABLE dopant.dependency (
     waits_for text NOT NULL,
     calculation_id text NOT NULL,
     PRIMARY KEY (waits_for, calculation_id))`,
  `INSERT INTO dopant.dependency (waits_for, calculation_id)
   SELECT DISTINCT d.id, c.id FROM dopant.calculation AS c, json_array_elements_text(c.depends_on) AS d (id)`,
  `CREATE FUNCTION dopant.note_added_dependencies() RETURNS trigger LANGUAGE plpgsql AS $$
   BEGIN
     INSERT INTO dopant.dependency (waits_for, calculation_id)
     SELECT DISTINCT d.id, a.id FROM added AS a, json_array_elements_text(a.depends_on) AS d (id)
     ON CONFLICT DO NOTHING;
     RETURN NULL;
   END $$`,
  `CREATE TRIGGER added_dependencies AFTER INSERT ON dopant.calculation
     REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION dopant.note_added_dependencies()`,
  `CREATE FUNCTION dopant.note_changed_dependencies() RETURNS trigger LANGUAGE plpgsql AS $$
   BEGIN
     DELETE FROM dopant.dependency
     WHERE calculation_id = OLD.id AND waits_for IN (SELECT json_array_elements_text(OLD.depends_on));
     INSERT INTO dopant.dependency (waits_for, calculation_id)
     SELECT DISTINCT d.id, NEW.id FROM json_array_elements_text(NEW.depends_on) AS d (id)
     ON CONFLICT DO NOTHING;
     RETURN NULL;
   END $$`,
  `CREATE TRIGGER changed_dependencies AFTER UPDATE OF depends_on ON dopant.calculation
     FOR EACH ROW WHEN (OLD.depends_on::text IS DISTINCT FROM NEW.depends_on::text)
     EXECUTE FUNCTION dopant.note_changed_dependencies()`,
  // The line before a site, in its order: its head is read and not sorted out of thousands.
  `DROP INDEX dopant.calculation_by_site_and_state`,
  `CREATE INDEX calculation_in_line ON dopant.calculation (site, state, priority DESC, ordinal)`,
  `CREATE INDEX calculation_by_reuse ON dopant.calculation (reused_from) WHERE reused_from IS NOT NULL`,
]

/** Who waits for whom, and the line before each site: the cost of one calculation does not grow with their number. */
export const scale: Migration = {
  up: async (database: Kysely<never>) => {
    for (const statement of statements) await sql.raw(statement).execute(database)
  },
}
