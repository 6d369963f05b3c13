import { asciiText, fitStart, harmless, textWidth } from './text-width.ts'

export type Style = 'plain' | 'dim' | 'strong' | 'blue' | 'cyan' | 'green' | 'yellow' | 'red' | 'strong-red' | 'inverse'

/** A piece of a line in one style. */
export interface Span {
  readonly text: string
  readonly style?: Style
}

/** One line of the screen. */
export type Line = readonly Span[]

// The terminal's own sixteen colours, so that its theme, light or dark, is kept.
const codes: Readonly<Record<Style, string>> = {
  plain: '',
  dim: '2',
  strong: '1',
  blue: '34',
  cyan: '36',
  green: '32',
  yellow: '33',
  red: '31',
  'strong-red': '1;31',
  inverse: '7',
}

export function span(text: string, style: Style = 'plain'): Span {
  return { text, style }
}

/** How lines are written. */
export interface Paint {
  readonly withColour: boolean
  /** For terminals without UTF-8. */
  readonly isAscii: boolean
}

/** A line as a terminal takes it: no wider than the screen, without spaces at its end, with nothing in it that the terminal would obey. */
export function paintLine(line: Line, columns: number, { withColour, isAscii }: Paint): string {
  let left = columns
  let painted = ''
  for (const { text, style = 'plain' } of trimmed(line)) {
    const fitting = fitStart(harmless(text), left)
    const part = isAscii ? asciiText(fitting) : fitting
    left -= textWidth(part)
    painted += withColour && codes[style] !== '' && part !== '' ? `\u001b[${codes[style]}m${part}\u001b[0m` : part
    if (left <= 0) break
  }
  return painted
}

function trimmed(line: Line): Line {
  const last = line.at(-1)
  if (last === undefined || last.style === 'inverse') return line
  const text = last.text.trimEnd()
  return text === '' ? trimmed(line.slice(0, -1)) : [...line.slice(0, -1), { ...last, text }]
}
