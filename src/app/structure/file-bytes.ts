import { readFile } from 'node:fs/promises'
import { gunzipSync } from 'node:zlib'
import { KnownError } from '../../base/known-error.ts'
import { FileMissingError } from '../files/file-missing.ts'

/** A file by name; `-` is standard input, which is then given. */
export interface FileSource {
  /** As a person named it. */
  readonly name: string
  /** Absolute; not used for standard input. */
  readonly path: string
  readonly stdin?: AsyncIterable<Uint8Array>
}

export class FileEmptyError extends KnownError {
  readonly code = 'FILE_EMPTY'
  readonly remedy: string
  constructor(name: string) {
    super(`${name} is empty.`)
    this.remedy =
      name === standardInput ? 'Send a file: dopant structure info - < POSCAR' : 'Give a file with a structure in it.'
  }
}

export class FilePackedError extends KnownError {
  readonly code = 'FILE_PACKED'
  readonly remedy = 'Unpack it first, or pack it with gzip.'
  constructor(name: string) {
    super(`${name} is packed in a way that cannot be unpacked here.`)
  }
}

export const standardInput = 'standard input'

/** All of a file as text, gzip unpacked. @throws FileMissingError, FileEmptyError, FilePackedError */
export async function fileText(source: FileSource): Promise<string> {
  const name = source.stdin === undefined ? source.name : standardInput
  const bytes = source.stdin === undefined ? await bytesOfFile(source.path) : await bytesOfStream(source.stdin)
  const text = unpacked(bytes, name).toString('utf8').replace(/^\uFEFF/, '')
  if (text.trim() === '') throw new FileEmptyError(name)
  return text
}

async function bytesOfFile(path: string): Promise<Buffer> {
  try {
    return await readFile(path)
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'EISDIR' || code === 'ENOTDIR') throw new FileMissingError(path)
    throw cause
  }
}

async function bytesOfStream(stdin: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const pieces: Uint8Array[] = []
  for await (const piece of stdin) pieces.push(piece)
  return Buffer.concat(pieces)
}

/** The first bytes tell, not the name: files are renamed. */
function unpacked(bytes: Buffer, name: string): Buffer {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) {
    // NUL bytes are in no text: bzip2, xz, zip and the like.
    if (bytes.subarray(0, 1000).includes(0)) throw new FilePackedError(name)
    return bytes
  }
  try {
    return gunzipSync(bytes, { maxOutputLength: mostBytes })
  } catch {
    throw new FilePackedError(name)
  }
}

const mostBytes = 256 << 20
