import { lazyQueue } from '../queues/lazy-queue.ts'
import type { QueueBackend } from '../queues/queue-backend.ts'
import { databaseOwner, folderOwner } from '../ownership/installation.ts'
import { ownProject, type OwnedProject } from '../ownership/own-project.ts'
import type { Queue } from '../../ports/queue.ts'
import type { Store } from '../../ports/store.ts'
import type { TenureOwner, Tenures } from '../../ports/tenures.ts'
import type { StoreBackup } from './store-backup.ts'
import type { Database } from './database.ts'
import { storeFailure } from './database-errors.ts'

/** Where a project keeps its truth and its pending work. */
export interface ProjectStorage {
  readonly store: Store
  readonly queue: Queue
  /** The store's own name, 32 hexadecimal digits; it goes with every copy of the database, to any machine. */
  readonly identity: string
  readonly backup: StoreBackup
  /** What the store remembers of the sites that it drives. */
  readonly tenures: Tenures
  readonly kind: 'embedded' | 'server'
  /** Name of the project folder on this machine, for `serveOwner` and `callOwner`; a server has no single owner. */
  readonly ownerKey: string | undefined
  close(): Promise<void>
}

type Environment = Readonly<Record<string, string | undefined>>

export interface StorageOptions {
  /** The project's `.dopant` folder; made when it is missing. */
  readonly folder: string
  /** `DATABASE_URL` moves the store to a PostgreSQL server, `REDIS_URL` the queues to Redis. */
  readonly env?: Environment
  readonly takeOver?: boolean
  readonly onTrouble?: (error: Error) => void
  /** The queue's server was away and answers again, perhaps empty. */
  readonly onQueueBack?: () => void
}

/**
 * Opens store and queue of a project; embedded unless the environment names servers.
 *
 * The embedded database is opened only after this process has become the project's owner, and is freed by `close`.
 *
 * @throws ProjectOwnedError, ProjectOwnedElsewhereError, StoreNewerError, StoreUnreachableError, StoreDiskFullError
 */
export async function openProjectStorage(options: StorageOptions): Promise<ProjectStorage> {
  const env = options.env ?? process.env
  const url = env['DATABASE_URL']
  const isServer = url !== undefined && url !== ''
  const owned = isServer
    ? undefined
    : await ownProject(options.folder, { takeOver: options.takeOver === true }).catch((error: unknown) => {
        throw storeFailure(error)
      })
  let database: Database | undefined
  try {
    database = owned === undefined ? await openServer(url ?? '') : await openEmbedded(owned)
    return await openOn(database, owned, env, options)
  } catch (error) {
    await database?.close()
    await owned?.release()
    throw error
  }
}

// Engines and drivers are loaded when they are needed: a command without them starts faster.
async function openServer(url: string): Promise<Database> {
  return (await import('./postgres-database.ts')).openPostgresDatabase(url)
}

async function openEmbedded(owned: OwnedProject): Promise<Database> {
  return (await import('./pglite-database.ts')).openPgliteDatabase(owned)
}

async function openOn(
  database: Database,
  owned: OwnedProject | undefined,
  env: Environment,
  { onTrouble, onQueueBack }: StorageOptions,
): Promise<ProjectStorage> {
  const { openSqlStore } = await import('./sql-store.ts')
  const { store, identity, backup, tenuresOf } = await openSqlStore(database)
  const tenures = tenuresOf(await ownerOf(database, owned, env))
  const queue = lazyQueue(async () => {
    const { bullmqQueue } = await import('../queues/bullmq-queue.ts')
    const namespace = `dopant-${identity.slice(0, 12)}`
    return bullmqQueue(await backendFor(database, env['REDIS_URL'], onQueueBack), {
      namespace,
      ...(onTrouble === undefined ? {} : { onTrouble }),
    })
  })
  const close = async (): Promise<void> => {
    try {
      await queue.close()
      await database.close()
    } finally {
      await owned?.release()
    }
  }
  let closing: Promise<void> | undefined
  return {
    store,
    queue,
    identity,
    backup,
    tenures,
    kind: database.kind,
    ownerKey: owned?.key,
    close: () => (closing ??= close()),
  }
}

/** A database on a server is told from its copies by the server's own number and the database's. */
async function ownerOf(database: Database, owned: OwnedProject | undefined, env: Environment): Promise<TenureOwner> {
  if (owned !== undefined) return folderOwner(owned.key, env)
  const text = `SELECT (SELECT system_identifier FROM pg_control_system()) || '/' || oid AS name
    FROM pg_database WHERE datname = current_database()`
  const { rows } = await database.pool.query<{ name: string }>(text)
  return databaseOwner(rows[0]?.name ?? '')
}

async function backendFor(database: Database, redisUrl: string | undefined, onBack: (() => void) | undefined): Promise<QueueBackend> {
  if (redisUrl !== undefined && redisUrl !== '')
    return (await import('../queues/redis-backend.ts')).redisBackend(redisUrl, onBack)
  const { embeddedBackend, postgresBackend } = await import('../queues/postgres-backend.ts')
  return database.kind === 'embedded' ? embeddedBackend(database.pool) : postgresBackend(database.pool)
}
