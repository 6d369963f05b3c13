import { KnownError } from '../../base/known-error.ts'

/** The store was written by a newer version of dopant. */
export class StoreNewerError extends KnownError {
  readonly code = 'STORE_NEWER'
  readonly remedy =
    'Update dopant to at least the version that wrote this project, then run the command again.'
  constructor(unknownMigrations: readonly string[]) {
    super(`The store of this project is newer than this dopant: it knows ${unknownMigrations.join(', ')}.`)
  }
}

/** PostgreSQL cannot read the files of another major version. */
export class DatabaseFolderVersionError extends KnownError {
  readonly code = 'DATABASE_FOLDER_VERSION'
  readonly remedy: string
  constructor(folder: string, found: string, expected: number, writtenBy: string | undefined) {
    super(`The database in ${folder} has the format of PostgreSQL ${found}; this dopant reads ${expected}.`)
    const writer =
      writtenBy === undefined ? 'the dopant that wrote it' : `the dopant that wrote it (PGlite ${writtenBy})`
    this.remedy = `Install ${writer}, write \`dopant store export FILE\` with it, move ${folder} away and import the file with this version.`
  }
}

export class StoreUnreachableError extends KnownError {
  readonly code = 'STORE_UNREACHABLE'
  readonly remedy = 'Start the PostgreSQL server or correct DATABASE_URL; everything goes on when it is back.'
  override readonly retryable = true
  override readonly exitCode = 3
  constructor(reason: string, options?: ErrorOptions) {
    super(`The store's database cannot be reached: ${reason}`, options)
  }
}

export class StoreDiskFullError extends KnownError {
  readonly code = 'STORE_DISK_FULL'
  readonly remedy =
    'Make room on the disk of the project, then run the command again; nothing acknowledged is lost.'
  override readonly retryable = true
  override readonly exitCode = 3
  constructor(reason: string, options?: ErrorOptions) {
    super(`The store cannot write: ${reason}`, options)
  }
}

export class DatabaseClosedError extends KnownError {
  readonly code = 'DATABASE_CLOSED'
  readonly remedy = 'Run the command again; this one was already ending.'
  override readonly exitCode = 3
  constructor() {
    super('The database is closed.')
  }
}

/** What a driver's error means for the user; anything unforeseen comes back as it is. */
export function storeFailure(error: unknown): unknown {
  if (!(error instanceof Error)) return error
  const code = 'code' in error ? String(error.code) : ''
  if (code === '53100' || code === 'ENOSPC' || /no space left/i.test(error.message)) {
    return new StoreDiskFullError(error.message, { cause: error })
  }
  const isGone =
    unreachableCodes.has(code) ||
    code.startsWith('08') ||
    /connection (terminated|timeout)|timeout exceeded/i.test(error.message)
  return isGone ? new StoreUnreachableError(error.message || code, { cause: error }) : error
}

// 57P0x: the server shuts down or starts; 53300: too many clients; 28xxx and 3D000: wrong password, user or database.
const unreachableCodes = new Set(
  'ECONNREFUSED ECONNRESET ENOTFOUND ETIMEDOUT EPIPE EAI_AGAIN 57P01 57P02 57P03 53300 28000 28P01 3D000'.split(
    ' ',
  ),
)
