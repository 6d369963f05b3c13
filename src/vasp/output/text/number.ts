/**
 * Numbers as Fortran prints them, read from bytes without making strings.
 *
 * Understood: `-1.5`, `.5`, `5.`, `-.1E-01`, `0.1D-05`, exponents of three digits that lost their letter (`-.243930-146`),
 * fields that ran together (`-12.345-67.890`), `****` (a field too narrow for its value: NaN), `NaN`, `Infinity`.
 * Exact: up to 15 digits and a power of ten within 10^±22 one IEEE operation gives the nearest double
 * (Clinger, PLDI 1990); anything longer goes through `Number`.
 */
export interface NumberCursor {
  bytes: Uint8Array
  /** Next byte to look at. */
  at: number
  /** First byte that does not belong to the text. */
  end: number
}

const powersOfTen = Float64Array.from({ length: 23 }, (_, power) => Number(`1e${power}`))
const mostExactDigits = 15

export function createNumberCursor(): NumberCursor {
  return { bytes: new Uint8Array(0), at: 0, end: 0 }
}

export function pointAt(cursor: NumberCursor, bytes: Uint8Array, start: number, end: number): NumberCursor {
  cursor.bytes = bytes
  cursor.at = start
  cursor.end = end
  return cursor
}

/** True when only blanks are left. Moves over them. */
export function atEnd(cursor: NumberCursor): boolean {
  const { bytes, end } = cursor
  let at = cursor.at
  while (at < end && bytes[at]! <= 32) at++
  cursor.at = at
  return at >= end
}

/**
 * The next number; blanks before it are skipped.
 *
 * NaN for `****` and `NaN`, with the cursor behind them. NaN with the cursor *left in place* when something else or
 * nothing follows: compare `cursor.at`, or use `fillNumbers`, which counts.
 */
export function nextNumber(cursor: NumberCursor): number {
  const { bytes, end } = cursor
  let at = cursor.at
  while (at < end && bytes[at]! <= 32) at++
  cursor.at = at
  let byte = at < end ? bytes[at]! : 0
  const negative = byte === 45
  if (negative || byte === 43) byte = ++at < end ? bytes[at]! : 0
  const firstDigit = at
  let mantissa = 0
  while (byte >= 48 && byte <= 57) {
    mantissa = mantissa * 10 + (byte - 48)
    byte = ++at < end ? bytes[at]! : 0
  }
  let digits = at - firstDigit
  let decimals = 0
  if (byte === 46) {
    const point = at
    byte = ++at < end ? bytes[at]! : 0
    while (byte >= 48 && byte <= 57) {
      mantissa = mantissa * 10 + (byte - 48)
      byte = ++at < end ? bytes[at]! : 0
    }
    decimals = at - point - 1
    digits += decimals
    if ((byte === 43 || byte === 45) && isBareExponent(bytes, at, end)) return finish(cursor, firstDigit, at, at, negative)
  }
  if (digits === 0) return wordNumber(cursor)
  if ((byte | 32) === 101 || (byte | 32) === 100) {
    const exponent = exponentDigits(bytes, at, end)
    if (exponent >= 0) return withExponent(cursor, mantissa, digits, decimals, firstDigit, at, exponent, negative)
  }
  if (digits > mostExactDigits || decimals > 22) return finish(cursor, firstDigit, at, -1, negative)
  cursor.at = at
  const value = decimals === 0 ? mantissa : mantissa / powersOfTen[decimals]!
  return negative ? -value : value
}

/** Reads up to `count` fields into `into` from `offset`; returns how many there were. Stops before anything that is no number. */
export function fillNumbers(cursor: NumberCursor, into: Float64Array, offset: number, count: number): number {
  for (let index = 0; index < count; index++) {
    if (atEnd(cursor)) return index
    const before = cursor.at
    const value = nextNumber(cursor)
    if (cursor.at === before) return index
    into[offset + index] = value
  }
  return count
}

/** The first number of a piece of text, or NaN. */
export function numberIn(bytes: Uint8Array, start: number, end: number): number {
  return nextNumber({ bytes, at: start, end })
}

/** All numbers up to the first thing that is none. */
export function numbersIn(bytes: Uint8Array, start: number, end: number): number[] {
  return numbersAt({ bytes, at: start, end })
}

/** All numbers from where the cursor stands up to the first thing that is none. */
export function numbersAt(cursor: NumberCursor): number[] {
  const numbers: number[] = []
  while (!atEnd(cursor)) {
    const before = cursor.at
    const value = nextNumber(cursor)
    if (cursor.at === before) break
    numbers.push(value)
  }
  return numbers
}

// Fortran drops the letter when the exponent needs three digits: 0.1-100. A sign with three digits that neither go on
// nor have a decimal point is such an exponent; anything else starts the next field.
function isBareExponent(bytes: Uint8Array, sign: number, end: number): boolean {
  if (sign + 3 >= end) return false
  for (let at = sign + 1; at <= sign + 3; at++) if (!isDigit(bytes[at])) return false
  const after = sign + 4 < end ? bytes[sign + 4]! : 32
  return !isDigit(after) && after !== 46
}

/** Index of the first exponent digit after the letter at `letter`, or -1 when no digits follow. */
function exponentDigits(bytes: Uint8Array, letter: number, end: number): number {
  let at = letter + 1
  if (at < end && (bytes[at] === 43 || bytes[at] === 45)) at++
  return at < end && isDigit(bytes[at]) ? at : -1
}

function withExponent(
  cursor: NumberCursor, mantissa: number, digits: number, decimals: number,
  firstDigit: number, letter: number, exponentStart: number, negative: boolean,
): number {
  const { bytes, end } = cursor
  let power = 0
  let at = exponentStart
  for (; at < end && isDigit(bytes[at]); at++) power = Math.min(power * 10 + (bytes[at]! - 48), 99999)
  if (bytes[exponentStart - 1] === 45) power = -power
  power -= decimals
  if (digits > mostExactDigits || power > 22 || power < -22) return finish(cursor, firstDigit, letter, letter + 1, negative)
  cursor.at = at
  const value = power < 0 ? mantissa / powersOfTen[-power]! : mantissa * powersOfTen[power]!
  return negative ? -value : value
}

/** The slow and always exact way. `exponentStart` is where sign or digits of the exponent begin, or -1. */
function finish(cursor: NumberCursor, firstDigit: number, mantissaEnd: number, exponentStart: number, negative: boolean): number {
  const { bytes, end } = cursor
  let text = asciiText(bytes, firstDigit, mantissaEnd)
  let at = mantissaEnd
  if (exponentStart >= 0) {
    at = exponentStart
    if (bytes[at] === 43 || bytes[at] === 45) at++
    while (at < end && isDigit(bytes[at])) at++
    text += `e${asciiText(bytes, exponentStart, at)}`
  }
  cursor.at = at
  const value = Number(text)
  return negative ? -value : value
}

/** `****`, `NaN`, `Infinity`: fields without a digit. */
function wordNumber(cursor: NumberCursor): number {
  const { bytes, end } = cursor
  let at = cursor.at
  const sign = bytes[at]
  if (at < end && (sign === 43 || sign === 45)) at++
  const starsFrom = at
  while (at < end && bytes[at] === 42) at++
  if (at > starsFrom) {
    cursor.at = at
    return NaN
  }
  const word = asciiText(bytes, at, Math.min(end, at + 8)).toLowerCase()
  if (word.startsWith('nan')) {
    cursor.at = at + 3
    return NaN
  }
  if (!word.startsWith('inf')) return NaN
  cursor.at = at + (word === 'infinity' ? 8 : 3)
  return sign === 45 ? -Infinity : Infinity
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 48 && byte <= 57
}

function asciiText(bytes: Uint8Array, start: number, end: number): string {
  let text = ''
  for (let at = start; at < end; at++) text += String.fromCharCode(bytes[at]!)
  return text
}
