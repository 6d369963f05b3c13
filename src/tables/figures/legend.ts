import type { Markup } from './svg.ts'
import { fontSizes, text, textWidth } from './text.ts'

export interface LegendEntry {
  readonly words: string
  /** Draws the key around its centre. */
  readonly key: (x: number, y: number) => Markup
  /** Points that the key takes; 14 when absent. */
  readonly keyWidth?: number
}

const usualKeyWidth = 14
const gap = 9

/** Entries in one row, from the left; they wrap at `right`. Returns the markup and the height that it took. */
export function legendRow(entries: readonly LegendEntry[], left: number, top: number, right: number): { readonly markup: readonly Markup[]; readonly height: number } {
  let [x, y] = [left, top]
  const markup = entries.flatMap(({ words, key, keyWidth = usualKeyWidth }) => {
    const width = keyWidth + textWidth(words, fontSizes.tick)
    if (x > left && x + width > right) [x, y] = [left, y + rowHeight]
    const drawn = [key(x + 5, y), text(x + keyWidth, y + fontSizes.tick * 0.35, words)]
    x += width + gap
    return drawn
  })
  return { markup, height: entries.length === 0 ? 0 : y - top + rowHeight }
}

const rowHeight = 10

/** Entries below each other. */
export function legendColumn(entries: readonly LegendEntry[], left: number, top: number): readonly Markup[] {
  return entries.flatMap(({ words, key, keyWidth = usualKeyWidth }, index) => {
    const y = top + index * rowHeight
    return [key(left + 5, y), text(left + keyWidth, y + fontSizes.tick * 0.35, words)]
  })
}
