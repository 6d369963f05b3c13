import { PassThrough } from 'node:stream'
import { isKnownError } from '../../base/known-error.ts'
import type { Transport } from '../../ports/transport.ts'

/** Hands a remote file to a reader while it comes in; undefined when there is no such file. */
export async function readRemote<T>(
  transport: Transport,
  path: string,
  read: (chunks: AsyncIterable<Uint8Array>) => Promise<T>,
): Promise<T | undefined> {
  const pipe = new PassThrough({ highWaterMark: 1 << 20 })
  pipe.on('error', () => undefined) // its reader is told
  const reading = read(pipe)
  const receiving = transport.download(path, pipe)
  // A download that never began leaves its reader waiting for ever, and the calculation with it.
  receiving.catch((error: Error) => pipe.destroy(error))
  const [received, value] = await Promise.allSettled([receiving, reading])
  if (received.status === 'rejected') {
    if (isKnownError(received.reason) && received.reason.code === 'REMOTE_FILE_MISSING') return undefined
    throw received.reason
  }
  if (value.status === 'rejected') throw value.reason
  return value.value
}

export async function readRemoteText(transport: Transport, path: string): Promise<string | undefined> {
  return readRemote(transport, path, async (chunks) => {
    const parts: Uint8Array[] = []
    for await (const chunk of chunks) parts.push(chunk)
    // VASP's files are latin-1: never a decoding error, whatever a SYSTEM line holds.
    return Buffer.concat(parts).toString('latin1')
  })
}
