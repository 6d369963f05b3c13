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

/**
 * Fills `into` from `state.filled` up to `wanted` with the numbers in `bytes[state.at..end)`.
 *
 * VASP prints grids as ` 0.12345678901E+02` or ` -.12345678901E+02`, 18 bytes each: that form is read digit by digit
 * without a loop, in 32-bit integers; anything else goes through the general reader. Both give the nearest double.
 */
export function scanValues(bytes: Uint8Array, end: number, into: Float64Array, wanted: number, state: ScanState): void {
  let { at, filled, line } = state
  while (at < end && filled < wanted) {
    const first = bytes[at]!
    if (first === 32 && at + 18 <= end && bytes[at + 2] === 46 && bytes[at + 14] === 69 && endsField(bytes, at + 18, end)) {
      const value = fixedValue(bytes, at)
      if (value === value) {
        into[filled++] = value
        at += 18
        continue
      }
    }
    if (first <= 32) {
      if (first === 10) line++
      at++
      continue
    }
    const value = nextNumber(pointAt(cursor, bytes, at, end))
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

/** ` 0.ddddddddddde±dd` from `at`, or NaN when any byte is not what it should be, or the power is too large to be exact. */
function fixedValue(bytes: Uint8Array, at: number): number {
  const d1 = bytes[at + 3]! ^ 48, d2 = bytes[at + 4]! ^ 48, d3 = bytes[at + 5]! ^ 48, d4 = bytes[at + 6]! ^ 48
  const d5 = bytes[at + 7]! ^ 48, d6 = bytes[at + 8]! ^ 48, d7 = bytes[at + 9]! ^ 48, d8 = bytes[at + 10]! ^ 48
  const d9 = bytes[at + 11]! ^ 48, d10 = bytes[at + 12]! ^ 48, d11 = bytes[at + 13]! ^ 48
  const e1 = bytes[at + 16]! ^ 48, e2 = bytes[at + 17]! ^ 48
  // A digit d has d + 6 < 16; any other byte sets a bit above.
  const check = (d1 + 6) | (d2 + 6) | (d3 + 6) | (d4 + 6) | (d5 + 6) | (d6 + 6) | (d7 + 6) | (d8 + 6) | (d9 + 6) | (d10 + 6) | (d11 + 6) | (e1 + 6) | (e2 + 6)
  if (check > 15) return NaN
  const high = ((((d1 * 10 + d2) * 10 + d3) * 10 + d4) * 10 + d5)
  const low = (((((d6 * 10 + d7) * 10 + d8) * 10 + d9) * 10 + d10) * 10 + d11)
  const exponentSign = bytes[at + 15]
  if (exponentSign !== 43 && exponentSign !== 45) return NaN
  const exponent = (exponentSign === 45 ? -(e1 * 10 + e2) : e1 * 10 + e2) - 11
  const mantissa = high * 1e6 + low
  if (exponent < -22 || exponent > 22) return mantissa === 0 ? 0 : NaN
  const value = exponent < 0 ? mantissa / powersOfTen[-exponent]! : mantissa * powersOfTen[exponent]!
  const sign = bytes[at + 1]
  return sign === 48 || sign === 32 ? value : sign === 45 ? -value : NaN
}

/** A number is followed by a blank or by the sign of a number that touches it. */
function endsField(bytes: Uint8Array, at: number, end: number): boolean {
  const next = at < end ? bytes[at]! : 32
  return next <= 32 || next === 45 || next === 43
}
