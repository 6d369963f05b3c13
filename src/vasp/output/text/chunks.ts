/** File content as it arrives: pieces of any size, cut anywhere. */
export type Chunks = Iterable<Uint8Array> | AsyncIterable<Uint8Array>

/** Told of each line: `bytes[start..end)` without its line end. The bytes are only valid during the call. */
export type LineSink = (bytes: Uint8Array, start: number, end: number) => void

/**
 * Lines that the sink wants, told by their first two bytes that are not blank: `table[first << 8 | second] !== 0`.
 * Asking before the call makes the lines that nobody wants nearly free. `everything` may change with every line.
 */
export interface LineFilter {
  readonly table: Uint8Array
  everything: boolean
}

export interface LineScanner {
  readonly push: (chunk: Uint8Array) => void
  /** Hands over a last line without line end. */
  readonly finish: () => void
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
export function createLineScanner(sink: LineSink, filter: LineFilter = { table: new Uint8Array(0), everything: true }): LineScanner {
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

  // The hot loop: four bytes at a time while none of them is a line end. A byte of `word` is zero where a line feed
  // stands, and (x − 0x01…) & ~x & 0x80… is non-zero exactly when x has a zero byte.
  function handLines(bytes: Uint8Array, from: number): number {
    const length = bytes.length
    const shift = bytes.byteOffset & 3
    const words = new Int32Array(bytes.buffer, bytes.byteOffset - shift, (length + shift) >> 2)
    let start = from
    let at = from
    for (;;) {
      while (at < length && ((at + shift) & 3) !== 0 && bytes[at] !== 10) at++
      if (((at + shift) & 3) === 0) {
        let index = (at + shift) >> 2
        while (index < words.length) {
          const word = words[index]! ^ 0x0a0a0a0a
          if (((word - 0x01010101) & ~word & 0x80808080) !== 0) break
          index++
        }
        at = (index << 2) - shift
        while (at < length && bytes[at] !== 10) at++
      }
      if (at >= length) return start
      if (filter.everything || isWanted(bytes, start, at, filter.table)) hand(bytes, start, at)
      else lineNumber++
      start = ++at
    }
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
    start = handLines(bytes, start)
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

function isWanted(bytes: Uint8Array, start: number, end: number, table: Uint8Array): boolean {
  let first = start
  while (first < end && bytes[first] === 32) first++
  return end - first > 1 && table[(bytes[first]! << 8) | bytes[first + 1]!] !== 0
}

/** Pushes every chunk, in order, synchronous or not. */
export async function pushAll(chunks: Chunks, push: (chunk: Uint8Array) => void): Promise<void> {
  if (Symbol.iterator in chunks) for (const chunk of chunks) push(chunk)
  else for await (const chunk of chunks) push(chunk)
}
