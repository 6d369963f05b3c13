import { closeSync, createReadStream, fstatSync, openSync, readSync } from 'node:fs'
import { constants, createGunzip, gunzipSync } from 'node:zlib'
import { KnownError } from '../../base/known-error.ts'
import { headBytes } from '../../vasp/output/file-kind.ts'
import type { Chunks } from '../../vasp/output/text/chunks.ts'

export class FileUnreadableError extends KnownError {
  readonly code = 'FILE_UNREADABLE'
  readonly remedy: string
  constructor(path: string, cause: NodeJS.ErrnoException) {
    super(`${path} cannot be read: ${reasons[cause.code ?? ''] ?? cause.message}.`, { cause })
    this.remedy =
      cause.code === 'EACCES'
        ? 'Ask for the right to read it.'
        : 'Check the name; relative paths start at the current folder.'
  }
}

export class CompressionUnknownError extends KnownError {
  readonly code = 'COMPRESSION_UNKNOWN'
  readonly remedy: string
  constructor(path: string, format: string, command: string) {
    super(`${path} is packed with ${format}, which cannot be unpacked here.`)
    this.remedy = `Unpack it first: ${command} ${path}`
  }
}

export class GzipDamagedError extends KnownError {
  readonly code = 'GZIP_DAMAGED'
  readonly remedy = 'Copy the file again from where it was packed.'
  constructor(path: string, cause: Error) {
    super(`${path} cannot be unpacked: ${cause.message}.`, { cause })
  }
}

export interface OpenedFile {
  /** The beginning, unpacked, as latin-1. */
  readonly head: string
  /** All of it from the beginning, unpacked, each time it is called. */
  readonly chunks: () => Chunks
}

const chunkBytes = 1 << 20
// A file that ends early still gives everything up to there, also when it is packed.
const gunzipOptions = { finishFlush: constants.Z_SYNC_FLUSH, chunkSize: chunkBytes }

/**
 * Opens a plain or gzip file; which of them it is, its first bytes tell, not its name.
 *
 * @throws FileUnreadableError, CompressionUnknownError (bzip2, xz, zstd), GzipDamagedError while reading
 */
export function openFile(path: string): OpenedFile {
  const start = firstBytes(path)
  const packed = packings.find(({ magic }) => magic.every((byte, index) => start[index] === byte))
  if (packed !== undefined) throw new CompressionUnknownError(path, packed.format, packed.command)
  if (start[0] !== 0x1f || start[1] !== 0x8b)
    return { head: start.toString('latin1'), chunks: () => plainChunks(path) }
  return { head: unpackedHead(path, start), chunks: () => gzipChunks(path) }
}

const packings = [
  { magic: [0x42, 0x5a, 0x68], format: 'bzip2', command: 'bunzip2 --keep' },
  { magic: [0xfd, 0x37, 0x7a, 0x58, 0x5a], format: 'xz', command: 'unxz --keep' },
  { magic: [0x28, 0xb5, 0x2f, 0xfd], format: 'zstd', command: 'unzstd' },
]

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'access is denied',
}

function firstBytes(path: string): Buffer {
  return withFile(path, (file) => {
    const bytes = Buffer.allocUnsafe(headBytes)
    return bytes.subarray(0, readSync(file, bytes, 0, headBytes, 0))
  })
}

function withFile<T>(path: string, use: (file: number) => T): T {
  let file: number | undefined
  try {
    file = openSync(path, 'r')
    if (fstatSync(file).isDirectory()) throw Object.assign(new Error(), { code: 'EISDIR' })
    return use(file)
  } catch (cause) {
    throw new FileUnreadableError(path, cause as NodeJS.ErrnoException)
  } finally {
    if (file !== undefined) closeSync(file)
  }
}

function unpackedHead(path: string, start: Buffer): string {
  try {
    return gunzipSync(start, gunzipOptions).subarray(0, headBytes).toString('latin1')
  } catch (cause) {
    throw new GzipDamagedError(path, cause as Error)
  }
}

/** Synchronous on purpose: a third faster than a stream. The one buffer is used again for each piece. */
function* plainChunks(path: string): Generator<Uint8Array> {
  const file = openSync(path, 'r')
  try {
    const bytes = Buffer.allocUnsafe(chunkBytes)
    for (;;) {
      const read = readSync(file, bytes, 0, chunkBytes, null)
      if (read === 0) return
      yield bytes.subarray(0, read)
    }
  } finally {
    closeSync(file)
  }
}

async function* gzipChunks(path: string): AsyncGenerator<Uint8Array> {
  const packed = createReadStream(path, { highWaterMark: chunkBytes })
  const unpacked = createGunzip(gunzipOptions)
  packed.on('error', (error) => unpacked.destroy(error))
  packed.pipe(unpacked)
  try {
    for await (const chunk of unpacked) yield chunk as Uint8Array
  } catch (cause) {
    throw new GzipDamagedError(path, cause as Error)
  } finally {
    packed.destroy()
  }
}
