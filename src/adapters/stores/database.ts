import type { Pool } from 'pg'

/** A PostgreSQL database, embedded or on a server, behind the face of `pg.Pool`. */
export interface Database {
  readonly kind: 'embedded' | 'server'
  readonly pool: Pool
  close(): Promise<void>
}
