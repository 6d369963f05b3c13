import type { Readable } from 'node:stream'
import { RemoteOutputTooLongError } from '../../../ports/transport-errors.ts'

/** All of a stream in memory, up to a limit. @throws RemoteOutputTooLongError */
export async function collectBytes(from: Readable, limitBytes: number, host: string): Promise<Buffer> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of from as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > limitBytes) throw new RemoteOutputTooLongError(host, limitBytes)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
