import { createNumberCursor, nextNumber, numbersAt, pointAt } from '../text/number.ts'
import { indexOfWord, textOf } from '../text/bytes.ts'

/** The line under the scanner: `bytes[start..end)`. One object is reused for every line; copy what must outlive the call. */
export interface Line {
  bytes: Uint8Array
  start: number
  end: number
  /** First byte that is no blank. */
  first: number
  /** Just behind the marker that was recognised. */
  after: number
}

/** Takes the lines after a heading one by one; false gives the line back, and the table is over. */
export type RowReader = (line: Line) => boolean

/** Called with the line that starts with the marker (leading blanks apart). */
export type OnMarker = (line: Line) => RowReader | undefined | void

/**
 * One quantity of an OUTCAR: the markers it wants to see.
 * A marker is at least two characters that start a line after its leading blanks.
 */
export interface Section {
  readonly markers: Readonly<Record<string, OnMarker>>
}

const cursor = createNumberCursor()

export function createLine(): Line {
  return { bytes: new Uint8Array(0), start: 0, end: 0, first: 0, after: 0 }
}

// No line that is read as text comes near, but for the INCAR echo; it bounds work and memory on damaged files.
const longestText = 4096

export function lineText(line: Line, longest = longestText): string {
  return textOf(line.bytes, line.first, Math.min(line.end, line.first + longest)).trimEnd()
}

export function textAfter(line: Line): string {
  return textOf(line.bytes, line.after, Math.min(line.end, line.after + longestText)).trim()
}

export function contains(line: Line, word: Uint8Array): boolean {
  return indexOfWord(line.bytes, line.first, line.end, word) >= 0
}

/** The number behind the marker, an `=` or `:` and blanks skipped; undefined for `****`, NaN and nothing. */
export function numberAfter(line: Line): number | undefined {
  return numberFrom(line, line.after)
}

/** The number behind a word somewhere in the line. */
export function numberAfterWord(line: Line, word: Uint8Array): number | undefined {
  const at = indexOfWord(line.bytes, line.first, line.end, word)
  return at < 0 ? undefined : numberFrom(line, at + word.length)
}

/** All numbers behind the marker, up to the first thing that is none. `****` stays as NaN. */
export function numbersAfter(line: Line): number[] {
  pointAt(cursor, line.bytes, skipSigns(line, line.after), line.end)
  return numbersAt(cursor)
}

/** Finite numbers only: what VASP could not print is absent. */
export function finite(value: number | undefined): number | undefined {
  return value !== undefined && Number.isFinite(value) ? value : undefined
}

function numberFrom(line: Line, from: number): number | undefined {
  return finite(nextNumber(pointAt(cursor, line.bytes, skipSigns(line, from), line.end)))
}

function skipSigns(line: Line, from: number): number {
  let at = from
  while (at < line.end && (line.bytes[at]! <= 32 || line.bytes[at] === 61 || line.bytes[at] === 58)) at++
  return at
}
