/** File content as it arrives: pieces of any size, cut anywhere. */
export type Chunks = Iterable<Uint8Array> | AsyncIterable<Uint8Array>

/** Told of each line: `bytes[start..end)` without its line end. The bytes are only valid during the call. */
export type LineSink = (bytes: Uint8Array, start: number, end: number) => void

export interface LineScanner {
  push(chunk: Uint8Array): void
  /** Hands over a last line without line end. */
  finish(): void
  /** Lines handed over so far; within the sink, the number of the line it sees, from 1. */
  readonly lineNumber: number
  /** Did the text end with a line end? */
  readonly endsWithNewline: boolean
}

// No text file of VASP comes near; it bounds memory on binary files. The rest of a longer line is dropped.
const longestLineBytes = 1 << 20

/**
 * Cuts chunks into lines (LF or CRLF) without collecting them: a line within a chunk is never copied,
 * one that crosses chunks is joined in a carry buffer.
 */
export function createLineScanner(sink: LineSink): LineScanner {
  let carry = new Uint8Array(4096)
  let carried = 0
  let lineNumber = 0
  let endsWithNewline = true

  function keep(bytes: Uint8Array, start: number, end: number): void {
    const wanted = Math.min(end - start, longestLineBytes - carried)
    if (carried + wanted > carry.length) {
      const larger = new Uint8Array(Math.max(carry.length * 2, carried + wanted))
      larger.set(carry.subarray(0, carried))
      carry = larger
    }
    carry.set(bytes.subarray(start, start + wanted), carried)
    carried += wanted
  }

  function hand(bytes: Uint8Array, start: number, end: number): void {
    lineNumber++
    sink(bytes, start, end > start && bytes[end - 1] === 13 ? end - 1 : end)
  }

  function handCarry(): void {
    const length = carried
    carried = 0
    hand(carry, 0, length)
  }

  function push(chunk: Uint8Array): void {
    if (chunk.length === 0) return
    // One hidden class for Buffer and Uint8Array keeps the loops below monomorphic.
    const bytes = new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength)
    const length = bytes.length
    let start = 0
    if (!endsWithNewline) {
      const first = bytes.indexOf(10)
      keep(bytes, 0, first < 0 ? length : first)
      if (first < 0) return
      handCarry()
      start = first + 1
    }
    for (;;) {
      let at = start
      while (at < length && bytes[at] !== 10) at++
      if (at === length) break
      hand(bytes, start, at)
      start = at + 1
    }
    endsWithNewline = start === length
    if (!endsWithNewline) keep(bytes, start, length)
  }

  return {
    push,
    finish: () => {
      if (!endsWithNewline) handCarry()
    },
    get lineNumber() {
      return lineNumber
    },
    get endsWithNewline() {
      return endsWithNewline
    },
  }
}

/** Pushes every chunk, in order, synchronous or not. */
export async function pushAll(chunks: Chunks, push: (chunk: Uint8Array) => void): Promise<void> {
  if (Symbol.iterator in chunks) for (const chunk of chunks) push(chunk)
  else for await (const chunk of chunks) push(chunk)
}
