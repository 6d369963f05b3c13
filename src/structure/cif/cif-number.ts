/** A number as a CIF writes it. */
export interface CifNumber {
  readonly value: number
  /** Digits behind the decimal point; -1 for a fraction such as 1/3. */
  readonly decimals: number
  /** Was an uncertainty given, as in `0.3330(4)`? */
  readonly isRefined: boolean
}

/** `0.1671`, `0.1671(2)`, `.5`, `1.5e-3(2)`, `1/3`, `0.5.`; undefined for anything else. */
export function cifNumber(text: string | undefined): CifNumber | undefined {
  const match = /^([+-]?(?:\d+\.?\d*|\.\d+)(?:[eEdD][+-]?\d+)?)(\([\d.]*\)?)?\.?$/.exec(text?.trim() ?? '')
  if (match === null) return fraction(text)
  const digits = match[1] ?? ''
  const value = Number(digits.replace(/[dD]/, 'e'))
  if (!Number.isFinite(value)) return undefined
  return { value, decimals: /\.(\d*)/.exec(digits)?.[1]?.length ?? 0, isRefined: match[2] !== undefined }
}

/**
 * A coordinate; `0.333`, `0.3333` or `0.6667` become the thirds and sixths they were rounded from.
 *
 * Only unrefined values with at least three decimals are taken for rounded ones: 0.3333(4) was measured.
 */
export function cifCoordinate(text: string | undefined): number | undefined {
  const number = cifNumber(text)
  if (number === undefined || number.isRefined || number.decimals < 3) return number?.value
  const sixth = Math.round(number.value * 6) / 6
  return Math.abs(number.value - sixth) < 1.01 * 10 ** -number.decimals ? sixth : number.value
}

function fraction(text: string | undefined): CifNumber | undefined {
  const match = /^([+-]?\d+)\/(\d+)$/.exec(text?.trim() ?? '')
  const value = Number(match?.[1]) / Number(match?.[2])
  return Number.isFinite(value) ? { value, decimals: -1, isRefined: false } : undefined
}
