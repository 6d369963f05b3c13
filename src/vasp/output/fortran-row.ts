const number =
  /[-+]?(?:\d+\.?\d*|\.\d+)(?:[EeDd][-+]?\d+|[-+]\d{3}(?!\.|\d))?|[-+]?NaN|[-+]?Inf(?:inity)?|\*+/gi

/**
 * The numbers of one line as Fortran prints them: touching ones (`-12.345-67.890`), exponents written with D or without
 * a letter (`.243-146`), `****` and NaN as NaN. For short tables; long ones are scanned as bytes.
 *
 * Anything else in the line adds a NaN, so that a damaged row never passes for a good one.
 */
export function numbersIn(line: string): readonly number[] {
  const numbers: number[] = []
  let end = 0
  for (const match of line.matchAll(number)) {
    if (line.slice(end, match.index).trim() !== '') numbers.push(NaN)
    numbers.push(fortranNumber(match[0]))
    end = match.index + match[0].length
  }
  if (line.slice(end).trim() !== '') numbers.push(NaN)
  return numbers
}

/** A number, or NaN for `****`. */
export function fortranNumber(text: string): number {
  const plain = text.replace(/[Dd]/, 'E').replace(/(\d|\.)([-+]\d+)$/, '$1E$2')
  return /^[-+]?(?:\d|\.)/.test(plain) ? Number(plain) : NaN
}

/** A line of dashes. */
export function isRule(line: string): boolean {
  return /^\s*-{5,}\s*$/.test(line)
}
