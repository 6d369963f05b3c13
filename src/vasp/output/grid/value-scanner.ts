import { createNumberCursor, nextNumber, pointAt } from '../text/number.ts'

/** Where a scan has come to. Reused between calls: grids have millions of values. */
export interface ScanState {
  at: number
  filled: number
  line: number
  /** Met something that is no finite number; `at` points to it. */
  damaged: boolean
}

const powersOfTen = Float64Array.from({ length: 23 }, (_, power) => Number(`1e${power}`))
const cursor = createNumberCursor()
const fieldBytes = 18

/**
 * Fills `into` from `state.filled` up to `wanted` with the numbers in `bytes[state.at..end)`.
 *
 * VASP prints grids as ` 0.12345678901E+02` or ` -.12345678901E+02`, 18 bytes each: that form is read four bytes at a
 * time in 32-bit integers; anything else goes through the general reader. Both give the nearest double.
 */
export function scanValues(
  bytes: Uint8Array,
  end: number,
  into: Float64Array,
  wanted: number,
  state: ScanState,
): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let { at, filled, line } = state
  let fieldEnd = -1
  while (at < end && filled < wanted) {
    if (at + fieldBytes <= end) {
      const value = fixedValue(view, at)
      if (value === value) {
        into[filled++] = value
        at += fieldBytes
        fieldEnd = at
        continue
      }
    }
    const first = bytes[at]!
    if (first <= 32) {
      if (first === 10) line++
      at++
      continue
    }
    const value = at === fieldEnd && !isSign(first) ? NaN : nextNumber(pointAt(cursor, bytes, at, end))
    if (!Number.isFinite(value) || !endsField(bytes, cursor.at, end)) {
      state.damaged = true
      break
    }
    into[filled++] = value
    at = cursor.at
  }
  state.at = at
  state.filled = filled
  state.line = line
}

/** ` 0.ddddddddddde±dd` from `at`, or NaN when a byte is not what it should be or the power is too large to be exact. */
function fixedValue(view: DataView, at: number): number {
  const start = view.getInt32(at, true) & 0xffffff
  if (start !== 0x2e3020 && start !== 0x2e2d20) return NaN
  const exponent = exponentOf(view.getInt32(at + 14, true))
  const high = digitsOf(view.getInt32(at + 3, true) - 0x30303030)
  const middle = digitsOf(view.getInt32(at + 7, true) - 0x30303030)
  // Overlaps the four before by one digit, which is masked out after it has been checked there.
  const low = digitsOf((view.getInt32(at + 10, true) - 0x30303030) & ~0xff)
  // Each is negative when a byte was no digit.
  if ((high | middle | low | exponent) < 0) return NaN
  const mantissa = high * 1e7 + (middle * 1000 + low)
  const power = exponent - smallestExponent - 11
  if (power < -22 || power > 22) return mantissa === 0 ? 0 : NaN
  const size = power < 0 ? mantissa / powersOfTen[-power]! : mantissa * powersOfTen[power]!
  return start === 0x2e2d20 ? -size : size
}

/** Four decimal digits, the first in the lowest byte; negative when a byte is above 9. */
function digitsOf(four: number): number {
  if (((four | (four + 0x76767676)) & 0x80808080) !== 0) return -1
  const pairs = (Math.imul(four, 10) + (four >>> 8)) & 0xff00ff
  return (pairs & 0xff) * 100 + (pairs >>> 16)
}

const smallestExponent = 99

/** `E±dd` as the exponent plus 99; negative when it is something else. */
function exponentOf(four: number): number {
  const letterAndSign = four & 0xffff
  const digits = (four >>> 16) - 0x3030
  if ((letterAndSign !== 0x2b45 && letterAndSign !== 0x2d45) || ((digits | (digits + 0x7676)) & 0x8080) !== 0)
    return -1
  const size = (digits & 0xff) * 10 + (digits >> 8)
  return letterAndSign === 0x2d45 ? smallestExponent - size : smallestExponent + size
}

/** A number is followed by a blank or by the sign of a number that touches it. */
function endsField(bytes: Uint8Array, at: number, end: number): boolean {
  const next = at < end ? bytes[at]! : 32
  return next <= 32 || isSign(next)
}

function isSign(byte: number): boolean {
  return byte === 45 || byte === 43
}
