import { createReadStream, existsSync, statSync } from 'node:fs'
import { createGunzip } from 'node:zlib'
import { KnownError } from '../../base/known-error.ts'

export class FileMissingError extends KnownError {
  readonly code = 'FILE_MISSING'
  readonly remedy = 'Check the name; relative paths start at the current folder.'
  constructor(path: string, what = 'file') {
    super(`There is no ${what} ${path}.`)
  }
}

/** The content of a file piece by piece; `.gz` is unpacked on the way. @throws FileMissingError */
export function fileChunks(path: string): AsyncIterable<Uint8Array> {
  if (!existsSync(path) || !statSync(path).isFile()) throw new FileMissingError(path)
  const stream = createReadStream(path, { highWaterMark: chunkBytes })
  if (!path.endsWith('.gz')) return stream
  const unpacked = createGunzip({ chunkSize: chunkBytes })
  stream.on('error', (error) => unpacked.destroy(error))
  return stream.pipe(unpacked)
}

const chunkBytes = 1 << 20
