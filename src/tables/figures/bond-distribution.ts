import { frameBox, verticalAxis, type Frame } from './axes.ts'
import { horizontalLayout, type Bar } from './bar-layout.ts'
import { columnWidthsMm, drawFigure, type Canvas, type Figure } from './figure.ts'
import { legendRow } from './legend.ts'
import { mark, markShapes } from './marks.ts'
import { linearScale, type Scale } from './scale.ts'
import { line, tooltip, type Markup } from './svg.ts'
import { fontSizes, text } from './text.ts'
import type { Theme } from './theme.ts'

/** Every bond of one kind of ion at one kind of site. */
export interface BondLengths {
  readonly element: string
  readonly series: string
  readonly lengthsAngstrom: readonly number[]
}

export interface BondDistributionData {
  readonly title: string
  readonly caption: string
  readonly entries: readonly BondLengths[]
  readonly isRehearsal: boolean
}

/** One point a bond, side by side where they would cover each other, and a line at the mean. */
export function bondDistributionFigure(data: BondDistributionData): Figure {
  const { title, caption, isRehearsal } = data
  const size = { widthMm: columnWidthsMm.oneAndHalf, heightMm: 75 }
  return {
    name: 'bond-distribution',
    title,
    caption,
    svg: (theme) => drawFigure({ title, caption, size, isRehearsal, draw: (canvas) => draw(data, canvas) }, theme),
  }
}

const radius = 1.7

function draw({ entries }: BondDistributionData, { theme, width, height }: Canvas): readonly Markup[] {
  const series = [...new Set(entries.map((entry) => entry.series))]
  const colour = (name: string): string => theme.colours[series.indexOf(name) % theme.colours.length] ?? theme.ink
  const shape = (name: string) => markShapes[series.indexOf(name) % markShapes.length] ?? 'circle'
  const legend = legendRow(
    series.map((words) => ({ words, key: (x, y) => mark(shape(words), x + 3, y, 2.2, { fill: colour(words) }) })),
    36,
    10,
    width - 10,
  )
  const frame: Frame = { left: 36, right: width - 10, top: 8 + legend.height, bottom: height - 17 }
  const scale = linearScale(entries.flatMap((entry) => entry.lengthsAngstrom), [frame.bottom - 4, frame.top + 4], 5)
  const { bars, groups } = horizontalLayout(entries, frame, series)
  return [
    ...legend.markup,
    ...verticalAxis(frame, { scale, title: 'bond length (Å)', side: 'left', colour: theme.ink, hasGrid: true }, theme),
    ...groups.map(({ words, centre }) =>
      text(centre, frame.bottom + 10, words, { 'text-anchor': 'middle', 'font-size': fontSizes.label }),
    ),
    ...bars.flatMap((bar) => swarm(bar, { theme, scale, colour: colour(bar.entry.series), shape: shape(bar.entry.series) })),
    frameBox(frame, theme),
  ]
}

interface SwarmParts {
  readonly theme: Theme
  readonly scale: Scale
  readonly colour: string
  readonly shape: (typeof markShapes)[number]
}

function swarm({ entry, centre, width }: Bar<BondLengths>, { theme, scale, colour, shape }: SwarmParts): readonly Markup[] {
  const lengths = entry.lengthsAngstrom.toSorted((a, b) => a - b)
  const mean = lengths.reduce((sum, length) => sum + length, 0) / lengths.length
  const places = sideBySide(lengths.map((length) => scale.at(length)), width / 2 + 3)
  return [
    ...(lengths.length === 0 ? [] : [meanLine(centre, scale.at(mean), width, theme)]),
    ...lengths.map((length, n) =>
      mark(shape, centre + (places[n] ?? 0), scale.at(length), radius, { fill: colour, 'fill-opacity': 0.8 }, tooltip(`${entry.element}–O ${length.toFixed(3)} Å, ${entry.series}`)),
    ),
  ]
}

function meanLine(x: number, y: number, width: number, theme: Theme): Markup {
  return line(x - width / 2, y, x + width / 2, y, { stroke: theme.ink, 'stroke-width': 1.1 })
}

/** Offsets to the sides, nearest the middle first, so that no mark covers another as long as there is room. */
function sideBySide(heights: readonly number[], most: number): readonly number[] {
  const step = radius * 2
  const offsets: number[] = []
  heights.forEach((height, n) => {
    const taken = offsets.filter((_, other) => Math.abs((heights[other] ?? 0) - height) < step && other < n)
    const tries = Array.from({ length: 2 * Math.floor(most / step) + 1 }, (_, k) => Math.ceil(k / 2) * step * (k % 2 === 0 ? 1 : -1))
    const free = tries.find((offset) => taken.every((other) => Math.abs(other - offset) >= step * 0.99))
    // A full row: evenly over the width, by the golden ratio, so that the marks overlap a little everywhere.
    offsets.push(free ?? (((n * 0.618034) % 1) - 0.5) * 2 * most)
  })
  return offsets
}
