import { Buffer } from 'node:buffer'
import { BrokenFileError } from '../broken-file.ts'
import { textOf } from '../text/bytes.ts'
import { createNumberCursor, pointAt, type NumberCursor } from '../text/number.ts'

/** What a reader of tags does; called in the order of the file. */
export interface TagSink {
  /** A tag with children opens. Answer `skip` to jump over all of it. */
  open(name: string, attributes: string): 'read' | 'skip'
  close(name: string): void
  /** A tag with text and no children: `i`, `c`, `time`, and `v` with a name. */
  leaf(name: string, attributes: string, text: string): void
  /** A `<v>` or `<r>` without a name. The numbers are read from the cursor; it is only valid during the call. */
  row(cursor: NumberCursor): void
}

export interface TagScanner {
  push(chunk: Uint8Array): void
}

const leaves = new Set(['i', 'c', 'time', 'dimension', 'field', 'atoms', 'types'])
const longestTagBytes = 1 << 24
const [lessThan, greaterThan, slash] = [60, 62, 47]

/**
 * Cuts VASP's XML into tags and rows of numbers without building a tree: only the tags VASP writes, no entities, no
 * comments. Whatever is skipped is searched for its end only. Memory is one chunk and one unfinished tag.
 */
export function createTagScanner(sink: TagSink): TagScanner {
  const cursor = createNumberCursor()
  let carry: Uint8Array = new Uint8Array(0)
  let skipping: Uint8Array | undefined

  function push(chunk: Uint8Array): void {
    const bytes = joined(carry, chunk)
    const used = scan(bytes, bytes.length)
    carry = bytes.slice(used)
    if (carry.length > longestTagBytes)
      throw new BrokenFileError({ kind: 'vasprun.xml', expected: 'tags', found: textOf(carry, 0, 60) })
  }

  /** Returns how many bytes were used up; the rest begins with an unfinished tag. */
  function scan(bytes: Uint8Array, end: number): number {
    let at = 0
    for (;;) {
      if (skipping !== undefined) {
        const found = indexOf(bytes, skipping, at)
        if (found < 0) return Math.max(at, end - skipping.length)
        skipping = undefined
        at = found
      }
      while (at < end && bytes[at] !== lessThan) at++
      if (at + 2 >= end) return at
      const next = isRow(bytes[at + 1]!, bytes[at + 2]!) ? takeRow(bytes, at, end) : takeTag(bytes, at, end)
      if (next < 0) return at
      at = next
    }
  }

  function takeRow(bytes: Uint8Array, at: number, end: number): number {
    let close = at + 2
    while (close < end && bytes[close] !== greaterThan) close++
    const textEnd = find(bytes, lessThan, close + 1, end)
    if (textEnd < 0) return -1
    if (close - at > 8 && hasName(bytes, at, close))
      sink.leaf('v', textOf(bytes, at + 2, close), textOf(bytes, close + 1, textEnd))
    else sink.row(pointAt(cursor, bytes, close + 1, textEnd))
    // `</r>` or `</v>` right behind: spared the search.
    return textEnd + 3 < end && bytes[textEnd + 1] === slash && bytes[textEnd + 2] === bytes[at + 1]
      ? textEnd + 4
      : textEnd
  }

  function takeTag(bytes: Uint8Array, at: number, end: number): number {
    const close = find(bytes, greaterThan, at + 1, end)
    if (close < 0) return -1
    if (bytes[at + 1] === slash) {
      sink.close(textOf(bytes, at + 2, close))
      return close + 1
    }
    const tag = textOf(bytes, at + 1, close)
    const blank = tag.search(/\s/)
    const name = blank < 0 ? tag : tag.slice(0, blank)
    if (tag.endsWith('/') || tag.startsWith('?') || tag.startsWith('!')) return close + 1
    const attributes = blank < 0 ? '' : tag.slice(blank)
    if (leaves.has(name)) return takeLeaf(bytes, close, end, name, attributes)
    if (sink.open(name, attributes) === 'skip')
      skipping = Uint8Array.from(`</${name}>`, (letter) => letter.charCodeAt(0))
    return close + 1
  }

  function takeLeaf(bytes: Uint8Array, close: number, end: number, name: string, attributes: string): number {
    const textEnd = find(bytes, lessThan, close + 1, end)
    if (textEnd < 0) return -1
    sink.leaf(name, attributes, textOf(bytes, close + 1, textEnd))
    return textEnd
  }

  return { push }
}

/** The value of an attribute, or the empty text. */
export function attribute(attributes: string, name: string): string {
  const at = attributes.indexOf(`${name}="`)
  if (at < 0) return ''
  const start = at + name.length + 2
  const end = attributes.indexOf('"', start)
  return attributes.slice(start, end < 0 ? undefined : end)
}

function isRow(first: number, second: number): boolean {
  return (first === 118 || first === 114) && (second === greaterThan || second === 32)
}

function hasName(bytes: Uint8Array, start: number, end: number): boolean {
  return textOf(bytes, start, end).includes('name=')
}

function find(bytes: Uint8Array, byte: number, from: number, end: number): number {
  for (let at = from; at < end; at++) if (bytes[at] === byte) return at
  return -1
}

function indexOf(bytes: Uint8Array, word: Uint8Array, from: number): number {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).indexOf(word, from)
}

function joined(carry: Uint8Array, chunk: Uint8Array): Uint8Array<ArrayBufferLike> {
  if (carry.length === 0) return new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength)
  const bytes = new Uint8Array(carry.length + chunk.length)
  bytes.set(carry)
  bytes.set(chunk, carry.length)
  return bytes
}
