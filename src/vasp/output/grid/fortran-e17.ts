const powersOfTen = Float64Array.from({ length: 23 }, (_, power) => Number(`1e${power}`))

/**
 * Writes ` 0.12345678901E+02`: Fortran's `1X,E17.11`, 18 bytes, as VASP prints its grids. A negative number gives up
 * the zero before its point; an exponent of three digits gives up its E.
 */
export function writeE17(into: Uint8Array, at: number, value: number): void {
  const magnitude = Math.abs(value)
  let exponent = magnitude === 0 ? 0 : Math.floor(Math.log10(magnitude)) + 1
  let mantissa = elevenDigits(magnitude, exponent)
  // The logarithm may be one off beside a power of ten, and rounding may carry.
  if (mantissa >= 1e11) mantissa = elevenDigits(magnitude, ++exponent)
  else if (mantissa < 1e10 && magnitude !== 0) mantissa = elevenDigits(magnitude, --exponent)
  into[at] = 32
  into[at + 1] = value < 0 ? 45 : 48
  into[at + 2] = 46
  const high = Math.floor(mantissa / 1e6)
  writeDigits(into, at + 3, 5, high)
  writeDigits(into, at + 8, 6, mantissa - high * 1e6)
  writeExponent(into, at + 14, exponent)
}

/** Nearest integer to magnitude · 10^(11 − exponent). */
function elevenDigits(magnitude: number, exponent: number): number {
  const power = 11 - exponent
  if (power >= 0 && power <= 22) return Math.round(magnitude * powersOfTen[power]!)
  if (power < 0 && power >= -22) return Math.round(magnitude / powersOfTen[-power]!)
  const [digits, ownExponent] = magnitude.toExponential().split('e')
  return Math.round(Number(`${digits}e${Number(ownExponent) + power}`))
}

function writeExponent(into: Uint8Array, at: number, exponent: number): void {
  const size = Math.abs(exponent)
  const sign = exponent < 0 ? 45 : 43
  if (size < 100) {
    into[at] = 69
    into[at + 1] = sign
    writeDigits(into, at + 2, 2, size)
  } else {
    into[at] = sign
    writeDigits(into, at + 1, 3, size)
  }
}

function writeDigits(into: Uint8Array, at: number, count: number, integer: number): void {
  let rest = integer | 0
  for (let index = at + count - 1; index >= at; index--) {
    const tenth = (rest / 10) | 0
    into[index] = 48 + rest - tenth * 10
    rest = tenth
  }
}
