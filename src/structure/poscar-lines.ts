import { KnownError } from '../base/known-error.ts'
import type { Vector3 } from '../base/vector.ts'

/** A POSCAR that cannot be read: names the line, what was expected there and what stands there. */
export class PoscarError extends KnownError {
  readonly code = 'POSCAR_UNREADABLE'
  readonly remedy: string
  /** Counted from 1, as editors do. */
  readonly line: number

  constructor(line: number, expected: string, found: string | undefined, remedy?: string) {
    const there = found === undefined ? 'the file ends before it' : `found "${shorten(found)}"`
    super(`POSCAR line ${line}: expected ${expected}, ${there}.`)
    this.line = line
    this.remedy = remedy ?? `Put ${expected} on line ${line}.`
  }
}

/** The lines of a POSCAR with a position. */
export interface LineCursor {
  readonly lines: readonly string[]
  /** Index from 0 of the next line. */
  next: number
}

export function lineCursor(text: string): LineCursor {
  return { lines: text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/), next: 0 }
}

export function takeLine(cursor: LineCursor, expected: string): string {
  const line = cursor.lines[cursor.next]
  if (line === undefined || (line === '' && cursor.next === cursor.lines.length - 1)) {
    throw new PoscarError(cursor.next + 1, expected, undefined)
  }
  cursor.next += 1
  return line
}

/** Takes a line that begins with three numbers; the words after them come back too. */
export function takeVector(cursor: LineCursor, expected: string): { vector: Vector3; rest: readonly string[] } {
  const line = takeLine(cursor, expected)
  const tokens = words(line)
  const [x, y, z] = [fortranNumber(tokens[0]), fortranNumber(tokens[1]), fortranNumber(tokens[2])]
  if (x === undefined || y === undefined || z === undefined) {
    throw new PoscarError(cursor.next, expected, line, numberRemedy(cursor.next, tokens.slice(0, 3)))
  }
  return { vector: [x, y, z], rest: tokens.slice(3) }
}

/** Fortran's list-directed input separates by blanks or commas. */
export function words(line: string): readonly string[] {
  return line.split(/[\s,]+/).filter((word) => word !== '')
}

/** `1.5`, `.5`, `1e-3` and Fortran's `1.5D+00`; anything else (`NaN`, `****`, `0.1-0.2`) is undefined. */
export function fortranNumber(token: string | undefined): number | undefined {
  if (token === undefined || !/^[+-]?(\d+\.?\d*|\.\d+)([eEdD][+-]?\d+)?$/.test(token)) return undefined
  const value = Number(token.replace(/[dD]/, 'e'))
  return Number.isFinite(value) ? value : undefined
}

/** The numbers at the start of a line, up to the first word that is none. */
export function leadingNumbers(line: string): readonly number[] {
  const numbers: number[] = []
  for (const word of words(line)) {
    const value = fortranNumber(word)
    if (value === undefined) break
    numbers.push(value)
  }
  return numbers
}

function numberRemedy(line: number, tokens: readonly string[]): string {
  const joined = tokens.find((token) => /\d[+-]\d|\.\d+\./.test(token) && fortranNumber(token) === undefined)
  if (joined !== undefined) return `Separate the numbers that run together in "${shorten(joined)}" on line ${line}.`
  return `Write three numbers separated by blanks on line ${line}.`
}

function shorten(text: string): string {
  const trimmed = text.trim()
  return trimmed.length > 60 ? `${trimmed.slice(0, 57)}...` : trimmed
}
