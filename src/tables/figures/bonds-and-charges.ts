import { horizontalLayout, type Bar } from './bar-layout.ts'
import { frameBox, verticalAxis, type Frame } from './axes.ts'
import { columnWidthsMm, drawFigure, type Canvas, type Figure } from './figure.ts'
import { legendRow, type LegendEntry } from './legend.ts'
import { mark, markShapes } from './marks.ts'
import { linearScale, type Scale } from './scale.ts'
import { element, line, tooltip, type Markup } from './svg.ts'
import { fontSizes, text } from './text.ts'
import type { Theme } from './theme.ts'

/** Bonds of one kind of ion at one kind of site, with one charge. */
export interface BondAndCharge {
  /** Element: what the groups of bars are. */
  readonly element: string
  /** Sub-series: `on Mn`, `on Li`, `undoped`. */
  readonly series: string
  readonly meanAngstrom: number
  readonly minAngstrom: number
  readonly maxAngstrom: number
  /** As in the table: `3`, or `4 × 8, 6 × 16`. */
  readonly coordination: string
  /** null where there is none. */
  readonly chargeE: number | null
  /** A published mean, shown beside our own only when ours is one of DFT. */
  readonly referenceAngstrom?: number
}

export interface BondsAndChargesData {
  readonly name: string
  readonly title: string
  readonly caption: string
  /** Title of the right axis: `net charge of O at the dopant (e)`. */
  readonly chargeTitle: string
  readonly referenceWords?: string
  readonly entries: readonly BondAndCharge[]
  readonly isRehearsal: boolean
}

/** Mean bond lengths as bars from zero, with their range and coordination; above them a charge on an axis of its own. */
export function bondsAndChargesFigure(data: BondsAndChargesData): Figure {
  const { name, title, caption, isRehearsal } = data
  const size = { widthMm: columnWidthsMm.oneAndHalf, heightMm: 82 }
  return { name, title, caption, svg: (theme) => drawFigure({ title, caption, size, isRehearsal, draw: (canvas) => draw(data, canvas) }, theme) }
}

/** Share of the height that the charges have for themselves, so that no point lies on a bar. */
const chargeShare = 0.36

function draw(data: BondsAndChargesData, { theme, width, height }: Canvas): readonly Markup[] {
  const series = [...new Set(data.entries.map((entry) => entry.series))]
  const legend = legendRow(legendEntries(data, series, theme), 36, 10, width - 36)
  const frame: Frame = { left: 36, right: width - 40, top: 10 + legend.height, bottom: height - 17 }
  const split = frame.top + (frame.bottom - frame.top) * chargeShare
  const lengths = linearScale([0, ...data.entries.map((entry) => entry.maxAngstrom)], [frame.bottom, split + 8], 4)
  const charges = linearScale(data.entries.flatMap(({ chargeE }) => chargeE ?? []), [split - 8, frame.top + 6], 3)
  const bars = horizontalLayout(data.entries, frame, series)
  const parts = { data, series, theme, lengths, charges }
  return [
    ...legend.markup,
    ...verticalAxis(frame, { scale: lengths, title: 'bond length (Å)', side: 'left', colour: theme.ink, hasGrid: true }, theme),
    ...verticalAxis(frame, { scale: charges, title: data.chargeTitle, side: 'right', colour: theme.accent }, theme),
    line(frame.left, split, frame.right, split, { stroke: theme.muted, 'stroke-width': 0.4, 'stroke-dasharray': '2 2' }),
    ...bars.groups.map(({ words, centre }) =>
      text(centre, frame.bottom + 10, words, { 'text-anchor': 'middle', 'font-size': fontSizes.label }),
    ),
    ...bars.bars.flatMap((bar) => barMarkup(bar, parts)),
    ...bars.bars.flatMap((bar) => chargeMarkup(bar, parts)),
    frameBox(frame, theme),
  ]
}

interface Parts {
  readonly data: BondsAndChargesData
  readonly series: readonly string[]
  readonly theme: Theme
  readonly lengths: Scale
  readonly charges: Scale
}

function barMarkup({ entry, centre, width }: Bar<BondAndCharge>, { series, theme, lengths, data }: Parts): readonly Markup[] {
  const [top, bottom] = [lengths.at(entry.meanAngstrom), lengths.at(0)]
  const [high, low] = [lengths.at(entry.maxAngstrom), lengths.at(entry.minAngstrom)]
  const words = `${entry.element} ${entry.series}: mean ${entry.meanAngstrom.toFixed(3)} Å, ${entry.minAngstrom.toFixed(3)} to ${entry.maxAngstrom.toFixed(3)} Å, CN ${entry.coordination}`
  const colour = colourOf(entry.series, series, theme)
  const thin = { stroke: theme.ink, 'stroke-width': 0.6 }
  return [
    element('rect', { x: centre - width / 2, y: top, width, height: bottom - top, fill: colour, stroke: theme.ink, 'stroke-width': 0.4 }, tooltip(words)),
    line(centre, high, centre, low, thin),
    line(centre - 2, high, centre + 2, high, thin),
    line(centre - 2, low, centre + 2, low, thin),
    upright(centre, bottom - 4, barWords(entry), theme.name === 'light' ? textOn(colour) : '#101214'),
    ...(entry.referenceAngstrom === undefined || data.isRehearsal ? [] : [reference(entry.referenceAngstrom, centre, width, { theme, lengths })]),
  ]
}

/** Reads upwards inside the bar. */
function upright(x: number, y: number, words: string, fill: string): Markup {
  const place = x + fontSizes.tick * 0.35
  return text(place, y, words, { fill, transform: `rotate(-90 ${place.toFixed(2)} ${y.toFixed(2)})` })
}

/** `1.39 · CN 3`; of ions with several coordinations all of them, without their counts. */
function barWords({ meanAngstrom, coordination }: BondAndCharge): string {
  return `${meanAngstrom.toFixed(2)} · CN ${coordination.replaceAll(/ × \d+/g, '').replaceAll(', ', ',')}`
}

function reference(value: number, x: number, width: number, { theme, lengths }: Pick<Parts, 'theme' | 'lengths'>): Markup {
  const y = lengths.at(value)
  return line(x - width / 2 - 1.5, y, x + width / 2 + 1.5, y, { stroke: theme.ink, 'stroke-width': 1.2, 'stroke-dasharray': '2.2 1.2' })
}

function chargeMarkup({ entry, centre }: Bar<BondAndCharge>, { series, theme, charges }: Parts): readonly Markup[] {
  if (entry.chargeE === null) return []
  const index = series.indexOf(entry.series)
  const fill = index % 2 === 0 ? theme.accent : theme.background
  const words = `${entry.element} ${entry.series}: ${entry.chargeE.toFixed(3)} e`
  const shape = markShapes[index % markShapes.length] ?? 'circle'
  return [mark(shape, centre, charges.at(entry.chargeE), 2.8, { fill, stroke: theme.accent, 'stroke-width': 1 }, tooltip(words))]
}

function legendEntries(data: BondsAndChargesData, series: readonly string[], theme: Theme): readonly LegendEntry[] {
  const bars = series.map((name, index): LegendEntry => ({
    words: name,
    keyWidth: 20,
    key: (x, y) =>
      element('rect', { x: x - 4, y: y - 3, width: 8, height: 6, fill: colourOf(name, series, theme), stroke: theme.ink, 'stroke-width': 0.4 }) +
      (data.entries.some((entry) => entry.series === name && entry.chargeE !== null)
        ? mark(markShapes[index % markShapes.length] ?? 'circle', x + 9, y, 2.4, { fill: index % 2 === 0 ? theme.accent : theme.background, stroke: theme.accent, 'stroke-width': 0.9 })
        : ''),
  }))
  const range: LegendEntry = { words: 'range', key: (x, y) => line(x, y - 4, x, y + 4, { stroke: theme.ink, 'stroke-width': 0.6 }) }
  const published = data.referenceWords === undefined || data.isRehearsal ? [] : [{ words: data.referenceWords, key: (x: number, y: number) => line(x - 5, y, x + 5, y, { stroke: theme.ink, 'stroke-width': 1.2, 'stroke-dasharray': '2.2 1.2' }) }]
  return [...bars, range, ...published]
}

function colourOf(name: string, series: readonly string[], theme: Theme): string {
  return theme.colours[series.indexOf(name) % theme.colours.length] ?? theme.ink
}

/** Black or white, whichever is read more easily. @source WCAG 2.1, relative luminance */
export function textOn(colour: string): string {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => (Number.parseInt(colour.slice(at, at + 2), 16) / 255) ** 2.2)
  return 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.25 ? '#101214' : '#ffffff'
}
