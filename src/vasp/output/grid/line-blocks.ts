import { BrokenFileError } from '../broken-file.ts'

/** Told of bytes that begin at a line start and end at a line end (or at the end of the file). */
export type BlockSink = (bytes: Uint8Array, start: number, end: number) => void

export interface LineBlocks {
  push(chunk: Uint8Array): void
  finish(): void
}

const longestLineBytes = 1 << 22

/** Cuts chunks at line ends, so that a number never straddles two blocks. Copies only the lines that cross chunks. */
export function createLineBlocks(kind: string, sink: BlockSink): LineBlocks {
  let carry = new Uint8Array(0)

  function keep(bytes: Uint8Array): void {
    if (carry.length + bytes.length > longestLineBytes)
      throw new BrokenFileError({ kind, expected: 'lines of text', found: 'bytes without a line end' })
    const joined = new Uint8Array(carry.length + bytes.length)
    joined.set(carry)
    joined.set(bytes, carry.length)
    carry = joined
  }

  function push(chunk: Uint8Array): void {
    const bytes = new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength)
    const last = bytes.lastIndexOf(10)
    if (last < 0) return keep(bytes)
    let start = 0
    if (carry.length > 0) {
      start = bytes.indexOf(10) + 1
      keep(bytes.subarray(0, start))
      const line = carry
      carry = new Uint8Array(0)
      sink(line, 0, line.length)
    }
    if (start <= last) sink(bytes, start, last + 1)
    if (last + 1 < bytes.length) carry = bytes.slice(last + 1)
  }

  return {
    push,
    finish: () => {
      const line = carry
      carry = new Uint8Array(0)
      if (line.length > 0) sink(line, 0, line.length)
    },
  }
}
