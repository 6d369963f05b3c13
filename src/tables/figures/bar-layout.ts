import type { Frame } from './axes.ts'

export interface Bar<T> {
  readonly entry: T
  /** Points. */
  readonly centre: number
  readonly width: number
}

export interface BarLayout<T> {
  readonly bars: readonly Bar<T>[]
  readonly groups: readonly { readonly words: string; readonly centre: number }[]
}

/** Bars in groups of one element, in the order of their first appearance; within a group in the order of the series. */
export function horizontalLayout<T extends { readonly element: string; readonly series: string }>(
  entries: readonly T[],
  frame: Frame,
  series: readonly string[],
): BarLayout<T> {
  const elements = [...new Set(entries.map((entry) => entry.element))]
  const groups = elements.map((element) =>
    entries.filter((entry) => entry.element === element).toSorted((a, b) => series.indexOf(a.series) - series.indexOf(b.series)),
  )
  const slots = groups.reduce((sum, group) => sum + group.length, 0) + elements.length
  const slot = (frame.right - frame.left) / slots
  const width = Math.min(slot * 0.86, 16)
  let used = 0
  const placed = groups.map((group, n) => {
    const start = frame.left + slot * (used + 0.5)
    used += group.length + 1
    const bars = group.map((entry, index) => ({ entry, centre: start + slot * (index + 0.5), width }))
    return { bars, words: elements[n] ?? '', centre: start + (slot * group.length) / 2 }
  })
  return { bars: placed.flatMap(({ bars }) => bars), groups: placed.map(({ words, centre }) => ({ words, centre })) }
}
