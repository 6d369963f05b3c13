/** `F width.decimals`: fixed point, right-aligned; asterisks when it does not fit. */
export function fixed(value: number, width: number, decimals: number): string {
  const text = value.toFixed(decimals)
  return text.length <= width ? text.padStart(width) : '*'.repeat(width)
}

/** `I width`. */
export function integer(value: number, width: number): string {
  return String(Math.round(value)).padStart(width)
}

/**
 * Fortran's E format with a leading point: `0.1079E+02`, and `-.1079E+02` for a negative number, which gives up its
 * zero because the width leaves no room for it.
 */
export function exponential(value: number, decimals: number): string {
  return mantissaAndExponent(value, decimals, '-.')
}

/** The same with room for the zero: `-0.1079E+02`, one character wider. */
export function wideExponential(value: number, decimals: number): string {
  return mantissaAndExponent(value, decimals, '-0.').padStart(decimals + 7)
}

function mantissaAndExponent(value: number, decimals: number, negative: string): string {
  if (value === 0) return `0.${'0'.repeat(decimals)}E+00`
  const [digits = '', power = '0'] = Math.abs(value)
    .toExponential(decimals - 1)
    .split('e')
  const exponent = Number(power) + 1
  const sign = exponent < 0 ? '-' : '+'
  return `${value < 0 ? negative : '0.'}${digits.replace('.', '')}E${sign}${String(Math.abs(exponent)).padStart(2, '0')}`
}

export const outcarRule = '-'.repeat(104)

/** `T` or `F`. */
export function logical(value: boolean): 'T' | 'F' {
  return value ? 'T' : 'F'
}
