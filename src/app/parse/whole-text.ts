import { KnownError } from '../../base/known-error.ts'
import { pushAll, type Chunks } from '../../vasp/output/text/chunks.ts'

export class TextTooLongError extends KnownError {
  readonly code = 'TEXT_TOO_LONG'
  readonly remedy = 'Check that the file is what its name says, or name its true kind with --kind.'
  constructor() {
    super(`The file is longer than ${mostBytes >> 20} MB; files of its kind are not.`)
  }
}

const mostBytes = 256 << 20

/** All of a file of a kind that is short: latin-1, as VASP's files are. @throws TextTooLongError */
export async function wholeText(chunks: Chunks): Promise<string> {
  const pieces: string[] = []
  let bytes = 0
  await pushAll(chunks, (chunk) => {
    bytes += chunk.length
    if (bytes > mostBytes) throw new TextTooLongError()
    pieces.push(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length).toString('latin1'))
  })
  return pieces.join('')
}
