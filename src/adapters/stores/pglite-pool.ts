import { EventEmitter } from 'node:events'
import { setImmediate as otherWorkFirst } from 'node:timers/promises'
import type { PGlite, Results } from '@electric-sql/pglite'
import type { Pool } from 'pg'
import { DatabaseClosedError } from './database-errors.ts'
import { SessionLock } from './session-lock.ts'

/** What a look-alike of `pg.Pool` must keep about the one session behind it. */
export interface PgliteSession {
  readonly pool: Pool
  /** Queries since the start; house-keeping looks at it. */
  queryCount(): number
  /** Runs statements between the transactions of the others. */
  alone<T>(work: () => Promise<T>): Promise<T>
  /** Lets the running transaction end, then refuses all further queries. */
  shut(): Promise<void>
}

/**
 * Lets several users of `pg.Pool` (kysely, BullMQ) share the one session of an embedded database.
 *
 * Between BEGIN and COMMIT of one client all others wait. Every query first lets timers and sockets have their turn:
 * the engine runs in this thread, and a busy queue would otherwise starve them for seconds.
 */
export function pglitePool(database: PGlite): PgliteSession {
  const session = new Session(database)
  // Callers use connect, query, release, on and end only; the rest of pg.Pool does not exist here.
  return {
    pool: new PoolLookAlike(session) as unknown as Pool,
    queryCount: () => session.queryCount,
    alone: (work) => session.alone(work),
    shut: () => session.shut(),
  }
}

class Session {
  readonly lock = new SessionLock()
  readonly listeners = new Set<ClientLookAlike>()
  queryCount = 0
  readonly #database: PGlite
  #isShut = false

  constructor(database: PGlite) {
    this.#database = database
    database.onNotification((channel, payload) => {
      for (const client of this.listeners) client.emit('notification', { channel, payload, processId: 0 })
    })
  }

  async run(text: string, parameters: readonly unknown[] | undefined): Promise<PgResult> {
    if (this.#isShut) throw new DatabaseClosedError()
    this.queryCount += 1
    await otherWorkFirst()
    // Only the simple protocol takes several statements at once, and only without parameters.
    if (parameters === undefined) return pgResult((await this.#database.exec(text)).at(-1))
    return pgResult(await this.#database.query(text, [...parameters]))
  }

  async alone<T>(work: () => Promise<T>): Promise<T> {
    const end = await this.lock.take()
    try {
      return await work()
    } finally {
      end()
    }
  }

  async shut(): Promise<void> {
    await this.alone(async () => {
      this.#isShut = true
    })
  }
}

class PoolLookAlike extends EventEmitter {
  // Read by BullMQ: the connection cannot drop silently, so that idle workers need not ask again.
  readonly options = { keepAlive: true }
  readonly #session: Session
  readonly #direct: ClientLookAlike

  constructor(session: Session) {
    super()
    this.setMaxListeners(0)
    this.#session = session
    this.#direct = new ClientLookAlike(session)
  }

  async connect(): Promise<ClientLookAlike> {
    return new ClientLookAlike(this.#session)
  }

  query(text: string, parameters?: readonly unknown[]): Promise<PgResult> {
    return this.#direct.query(text, parameters)
  }

  /** The database is closed by whoever opened it. */
  async end(): Promise<void> {}
}

class ClientLookAlike extends EventEmitter {
  readonly #session: Session
  /** Ends this client's turn; there while it is between BEGIN and COMMIT. */
  #endTurn: (() => void) | undefined

  constructor(session: Session) {
    super()
    this.setMaxListeners(0)
    this.#session = session
  }

  async query(text: string, parameters?: readonly unknown[]): Promise<PgResult> {
    const statement = withoutComments(text)
    if (/^listen\b/i.test(statement)) this.#session.listeners.add(this)
    const endTurn = this.#endTurn ?? (await this.#session.lock.take())
    const isInTransaction = (this.#endTurn !== undefined || begins.test(statement)) && !ends.test(statement)
    try {
      const result = await this.#session.run(text, parameters)
      this.#endTurn = isInTransaction ? endTurn : undefined
      return result
    } catch (error) {
      // A failed statement leaves a transaction open until ROLLBACK; a failed BEGIN or COMMIT leaves none.
      if (begins.test(statement) || ends.test(statement)) this.#endTurn = undefined
      throw error
    } finally {
      if (this.#endTurn === undefined) endTurn()
    }
  }

  release(): void {
    this.#session.listeners.delete(this)
    if (this.#endTurn !== undefined) void this.query('ROLLBACK').catch(() => undefined)
  }
}

const begins = /^(begin|start transaction)\b/i
const ends = /^(commit|end|abort|rollback(?! to))\b/i

/** BullMQ's statements start with comment lines. */
function withoutComments(text: string): string {
  return text.replace(/^(\s+|--[^\n]*(\n|$)|\/\*[\s\S]*?\*\/)*/, '')
}

interface PgResult {
  readonly command: string
  readonly rowCount: number
  readonly rows: readonly unknown[]
  readonly fields: readonly unknown[]
}

function pgResult(result: Results | undefined): PgResult {
  if (result === undefined) return { command: '', rowCount: 0, rows: [], fields: [] }
  const { command = '', rowCount, affectedRows, rows, fields } = result
  return { command, rowCount: rowCount ?? affectedRows ?? rows.length, rows, fields }
}
