import { Buffer } from 'node:buffer'

/** A search word as bytes; every marker in VASP's files is plain ASCII. */
export function ascii(text: string): Uint8Array {
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0))
}

/** VASP's files are latin-1 at most; no byte sequence is invalid. */
export function textOf(bytes: Uint8Array, start = 0, end = bytes.length): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('latin1')
}

export function startsWith(bytes: Uint8Array, start: number, end: number, word: Uint8Array): boolean {
  if (end - start < word.length) return false
  for (let index = 0; index < word.length; index++) if (bytes[start + index] !== word[index]) return false
  return true
}

/** Position of `word` within `bytes[start..end)`, or -1. */
export function indexOfWord(bytes: Uint8Array, start: number, end: number, word: Uint8Array): number {
  const last = end - word.length
  for (let at = start; at <= last; at++) if (bytes[at] === word[0] && startsWith(bytes, at, end, word)) return at
  return -1
}

/** First byte that is not blank, or `end`. */
export function skipBlanks(bytes: Uint8Array, start: number, end: number): number {
  let at = start
  while (at < end && bytes[at]! <= 32) at++
  return at
}
