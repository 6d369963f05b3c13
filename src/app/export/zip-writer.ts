import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { once } from 'node:events'
import { Zip, ZipDeflate } from 'fflate'
import { WriteFailedError } from '../files/write-file-whole.ts'

export interface ArchivedFile {
  readonly name: string
  readonly bytes: number
  readonly sha256: string
}

export interface ZipWriter {
  /** Streams one file in. */
  add(name: string, chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<ArchivedFile>
  /** All of the archive or nothing: it gets its name only here. */
  finish(): Promise<void>
  abandon(): Promise<void>
}

/** The same content always gives the same bytes: every file has this date. */
const date = new Date(1980, 0, 1)

/** A ZIP that is written while it is filled, in memory of some chunks. @throws WriteFailedError */
export async function zipWriter(path: string): Promise<ZipWriter> {
  await mkdir(dirname(path), { recursive: true })
  const temporary = `${path}.part`
  const stream = createWriteStream(temporary)
  let failure: Error | undefined
  stream.on('error', (error) => (failure = error))
  const zip = new Zip((error, chunk) => {
    if (error !== null) failure = error
    else stream.write(chunk)
  })

  async function settled(): Promise<void> {
    if (failure === undefined && stream.writableNeedDrain) await happened('drain')
    if (failure !== undefined) throw new WriteFailedError(path, failure)
  }

  /** `once` rejects with the stream's error, which `failure` holds already. */
  async function happened(event: 'drain' | 'finish'): Promise<void> {
    await once(stream, event).catch((error: Error) => (failure ??= error))
  }

  return {
    async add(name, chunks) {
      const file = new ZipDeflate(name, { level: 6 })
      file.mtime = date
      zip.add(file)
      const hash = createHash('sha256')
      let bytes = 0
      for await (const chunk of chunks) {
        hash.update(chunk)
        bytes += chunk.length
        file.push(chunk)
        await settled()
      }
      file.push(new Uint8Array(), true)
      return { name, bytes, sha256: hash.digest('hex') }
    },
    async finish() {
      zip.end()
      stream.end()
      if (failure === undefined) await happened('finish')
      await settled()
      await rename(temporary, path)
    },
    async abandon() {
      // A stream that is still being opened would make the file after its removal.
      const closed = new Promise<void>((done) => stream.once('close', done))
      stream.destroy()
      if (!stream.closed) await closed
      await rm(temporary, { force: true })
    },
  }
}
