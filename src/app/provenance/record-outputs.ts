import { createHash } from 'node:crypto'
import { posix } from 'node:path'
import { PassThrough, Transform, type Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { OutputFile } from '../../ports/attempt.ts'
import type { Objects } from '../../ports/objects.ts'
import type { Received, Transport } from '../../ports/transport.ts'

/** Larger files are known by checksum and size alone; an OUTCAR of a slab with 100 ions has some MB. */
export const mostKeptBytes = 4 * 1024 * 1024
export const mostKeptOutcarBytes = 32 * 1024 * 1024

/** Text that is worth keeping; charge densities, potentials and orbitals are not, and POTCAR never leaves its site. */
const kept: ReadonlySet<string> = new Set('CONTCAR OSZICAR ACF.dat bader.out OUTCAR EIGENVAL DOSCAR IBZKPT vasp.out'.split(' '))

export interface OutputRecorder {
  readonly transport: Transport
  /** What was read so far, by name; the last reading of a file counts. */
  outputs(): Promise<Readonly<Record<string, OutputFile>>>
}

/**
 * A transport that keeps what passes through it: the very bytes that a result was read from, without a second transfer.
 *
 * @param folder files directly in it are recorded
 */
export function recordOutputs(transport: Transport, folder: string, objects: Objects): OutputRecorder {
  const seen = new Map<string, Promise<OutputFile>>()
  const download = async (path: string, into: Writable): Promise<Received> => {
    if (posix.dirname(path) !== posix.normalize(folder)) return transport.download(path, into)
    const name = posix.basename(path)
    const tap = tapOf(name)
    const passing = pipeline(tap.stream, into)
    const [received, passed] = await Promise.allSettled([transport.download(path, tap.stream), passing])
    if (received.status === 'rejected') throw received.reason
    if (passed.status === 'rejected') throw passed.reason
    const finishing = tap.finish(objects)
    finishing.catch(() => undefined) // told by outputs(); a reader that fails before must not leave it unheard
    seen.set(name, finishing)
    return received.value
  }
  return {
    transport: { ...transport, host: transport.host, download },
    outputs: async () => {
      const entries = await Promise.all([...seen].map(async ([name, file]) => [name, await file] as const))
      return Object.fromEntries(entries)
    },
  }
}

function tapOf(name: string) {
  const most = !kept.has(name) ? 0 : name === 'OUTCAR' ? mostKeptOutcarBytes : mostKeptBytes
  const hash = createHash('sha256')
  const chunks: Uint8Array[] = []
  let bytes = 0
  const stream = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length
      hash.update(chunk)
      if (bytes <= most) chunks.push(Buffer.from(chunk))
      else chunks.length = 0
      done(null, chunk)
    },
  })
  const finish = async (objects: Objects): Promise<OutputFile> => {
    const isKept = most > 0 && bytes <= most
    if (isKept) await objects.put(Buffer.concat(chunks))
    return { sha256: hash.digest('hex'), bytes, isKept }
  }
  return { stream, finish }
}

/** Reads a file for its record alone. A file that is not there is no trouble. */
export async function recordAlso(transport: Transport, path: string): Promise<void> {
  const sink = new PassThrough()
  sink.resume()
  await transport.download(path, sink).catch((error: { readonly code?: string }) => {
    if (error.code !== 'REMOTE_FILE_MISSING') throw error
  })
}
