import { element, escapeXml, type Attributes, type Markup } from './svg.ts'

/** Sizes in points, as journals ask for: 7 to 8 in the printed figure. */
export const fontSizes = { tick: 7, label: 8, note: 6 } as const

/** Set by what is installed; all of these have the letters that figures need. */
export const fontFamily = "Arial, Helvetica, 'Liberation Sans', 'DejaVu Sans', sans-serif"

/** Real text that stays text: `Li_xMnO_3` and `10^{-3}` set the letter or the braces after the mark lower or higher. */
export function text(x: number, y: number, words: string, attributes: Attributes = {}): Markup {
  return element('text', { x, y, ...attributes }, ...spans(words))
}

const shiftEm = { _: 0.28, '^': -0.38 } as const

function spans(words: string): readonly Markup[] {
  const parts = [...words.matchAll(/([_^])(?:\{([^}]*)\}|(.))|([^_^]+)/gu)]
  let height = 0
  return parts.map(([, mark, braced, single, plain]) => {
    const wanted = mark === undefined ? 0 : shiftEm[mark as '_' | '^']
    const content = escapeXml(plain ?? braced ?? single ?? '')
    const dy = wanted - height
    height = wanted
    if (mark === undefined && dy === 0) return content
    // dy counts in the span's own size, which is smaller for a raised or lowered one.
    const scale = mark === undefined ? 1 : smaller
    const size = mark === undefined ? {} : { 'font-size': `${smaller * 100}%` }
    return element('tspan', { dy: `${Math.round((dy / scale) * 1000) / 1000}em`, ...size }, content)
  })
}

const smaller = 0.72

/** Width in points that a line of text takes at most, from the widths of a common sans-serif font. */
export function textWidth(words: string, size: number): number {
  const plain = words.replaceAll(/[_^{}]/g, '')
  return Array.from(plain).reduce((sum, letter) => sum + letterEm(letter), 0) * size
}

function letterEm(letter: string): number {
  if (/[iljtfI.,:;|'! ]/.test(letter)) return 0.34
  if (/[mwMW–—]/.test(letter)) return 0.92
  return /[A-Z]/.test(letter) ? 0.7 : 0.6
}
