import { diverging, mapColour, sequential } from './colour-maps-data.ts'
import { contourRings, type ValueSquare } from './contour-rings.ts'
import { columnWidthsMm, drawFigure, type Canvas, type Figure } from './figure.ts'
import { element, line, type Markup } from './svg.ts'
import { fontSizes, text } from './text.ts'
import type { Theme } from './theme.ts'

/** One map: values with the atoms that lie in it. */
export interface DensityMap extends ValueSquare {
  readonly words: string
  /** Å from the middle, to the right and up. */
  readonly atoms: readonly { readonly element: string; readonly place: readonly [number, number] }[]
}

export interface DensityPlanesData {
  readonly name: string
  readonly title: string
  readonly caption: string
  readonly widthAngstrom: number
  /** Share one colour scale. */
  readonly densities: readonly DensityMap[]
  readonly difference?: DensityMap
  readonly isRehearsal: boolean
}

/** Charge densities of one plane side by side on one logarithmic colour scale, and their difference on a linear one. */
export function densityPlanesFigure(data: DensityPlanesData): Figure {
  const { name, title, caption, isRehearsal } = data
  const size = { widthMm: columnWidthsMm.double, heightMm: data.isRehearsal ? 77 : 72 }
  return { name, title, caption, svg: (theme) => drawFigure({ title, caption, size, isRehearsal, draw: (canvas) => draw(data, canvas) }, theme) }
}

/** e/Å³: from the thin tail between ions to the valence shell of oxygen. */
const densityLevels = [0.02, 0.03, 0.05, 0.1, 0.2, 0.3, 0.5, 1, 2, 3, 5] as const
/** The same in every figure, so that figures can be compared; what is more belongs to displaced cores. */
const differenceLevels = [0.1, 0.2, 0.5, 1] as const
const gap = 12

interface Panel {
  readonly left: number
  readonly top: number
  readonly side: number
  readonly clip: string
}

/** `ground` is below all levels; each level colours what is at or above it. */
interface Scale {
  readonly ground: string
  readonly levels: readonly { readonly value: number; readonly colour: string }[]
}

function draw(data: DensityPlanesData, { theme, width, height }: Canvas): readonly Markup[] {
  const maps = [...data.densities, ...(data.difference === undefined ? [] : [data.difference])]
  const side = Math.min((width - 16 - gap * (maps.length - 1)) / maps.length, height - 46)
  const clip = `${data.name}-${theme.name}`
  const panels = maps.map((_, n): Panel => ({ left: 8 + n * (side + gap), top: 16, side, clip: `${clip}-${n}` }))
  const [density, signed] = [densityScale(), differenceScale()]
  const [first, last] = [panels[0], panels.at(-1)]
  if (first === undefined || last === undefined) return []
  const bar = { theme, top: first.top + side + 8 }
  return [
    ...maps.flatMap((map, n) => mapMarkup(map, panels[n] ?? first, { scale: map === data.difference ? signed : density, theme, data })),
    ...colourBar(density, first.left, (side + gap) * data.densities.length - gap, 'density (e/Å^3)', bar),
    ...(data.difference === undefined ? [] : colourBar(signed, last.left, side, 'difference (e/Å^3)', bar)),
  ]
}

interface MapStyle {
  readonly scale: Scale
  readonly theme: Theme
  readonly data: DensityPlanesData
}

function mapMarkup(map: DensityMap, panel: Panel, { scale, theme, data }: MapStyle): readonly Markup[] {
  const { left, top, side, clip } = panel
  const { widthAngstrom, isRehearsal } = data
  const x = (column: number): number => left + (column / (map.points - 1)) * side
  const y = (row: number): number => top + side - (row / (map.points - 1)) * side
  const box = { x: left, y: top, width: side, height: side }
  const filled = scale.levels.map(({ value, colour }) => {
    const d = contourRings(map, value).map((ring) => `${ring.map(([i, j], n) => `${n === 0 ? 'M' : 'L'}${x(i).toFixed(1)} ${y(j).toFixed(1)}`).join('')}Z`)
    return d.length === 0 ? '' : element('path', { d: d.join(''), fill: colour, 'fill-rule': 'evenodd', stroke: '#000000', 'stroke-opacity': 0.35, 'stroke-width': 0.25 })
  })
  return [
    // The map covers the watermark, so that its heading says it too.
    text(left, top - 5, isRehearsal ? `${map.words} (rehearsal)` : map.words, { 'font-size': fontSizes.label }),
    element('clipPath', { id: clip }, element('rect', box)),
    element('g', { 'clip-path': `url(#${clip})` }, element('rect', { ...box, fill: scale.ground }), ...filled),
    ...map.atoms.flatMap(({ element: symbol, place: [s, t] }) => {
      const [across, down] = [(0.5 + s / widthAngstrom) * side, (0.5 - t / widthAngstrom) * side]
      return isFree(across, down, panel, widthAngstrom) ? atomLabel(symbol, left + across, top + down) : []
    }),
    ...scaleBar(panel, widthAngstrom),
    element('rect', { ...box, fill: 'none', stroke: theme.ink, 'stroke-width': 0.6 }),
  ]
}

/** A label that the frame would cut, or that would stand on the bar of lengths, is left out. */
function isFree(across: number, down: number, { side }: Panel, widthAngstrom: number): boolean {
  const edge = fontSizes.tick * 0.7
  const isInside = Math.min(across, down, side - across, side - down) > edge
  const barLength = side / widthAngstrom
  return isInside && !(across > side - barLength - 5 - edge && down > side - 2.6 * fontSizes.tick)
}

/** White with a dark rim is read on every colour of the map. */
function atomLabel(symbol: string, x: number, y: number): readonly Markup[] {
  const shared = { 'text-anchor': 'middle', 'font-weight': 700 }
  const place = y + fontSizes.tick * 0.35
  return [
    text(x, place, symbol, { ...shared, stroke: '#000000', 'stroke-width': 1.6, 'stroke-linejoin': 'round', fill: '#000000' }),
    text(x, place, symbol, { ...shared, fill: '#ffffff' }),
  ]
}

function scaleBar({ left, top, side }: Panel, widthAngstrom: number): readonly Markup[] {
  const length = side / widthAngstrom
  const [x, y] = [left + side - length - 5, top + side - 6]
  return [
    line(x - 0.4, y, x + length + 0.4, y, { stroke: '#000000', 'stroke-width': 2.6 }),
    line(x, y, x + length, y, { stroke: '#ffffff', 'stroke-width': 1.4 }),
    ...atomLabel('1 Å', x + length / 2, y - 6),
  ]
}

interface BarPlace {
  readonly theme: Theme
  readonly top: number
}

/** One band a level, and one before for what is below all of them; numbers stand at the borders. */
function colourBar({ ground, levels }: Scale, left: number, width: number, title: string, { theme, top }: BarPlace): readonly Markup[] {
  const step = width / (levels.length + 1)
  return [
    ...[ground, ...levels.map(({ colour }) => colour)].map((fill, n) => element('rect', { x: left + n * step, y: top, width: step, height: 5, fill })),
    ...levels.map(({ value }, n) => text(left + (n + 1) * step, top + 12.5, tickWords(value), { 'text-anchor': 'middle', 'font-size': fontSizes.note })),
    element('rect', { x: left, y: top, width, height: 5, fill: 'none', stroke: theme.ink, 'stroke-width': 0.4 }),
    text(left + width / 2, top + 21, title, { 'text-anchor': 'middle', 'font-size': fontSizes.tick }),
  ]
}

function tickWords(value: number): string {
  return String(Number(value.toPrecision(2))).replace('-', '−')
}

function densityScale(): Scale {
  const levels = densityLevels.map((value, n) => ({ value, colour: mapColour(sequential, (n + 1) / densityLevels.length) }))
  return { ground: mapColour(sequential, 0), levels }
}

/** The same levels on both sides of zero, whose own band is white. */
function differenceScale(): Scale {
  const values = [...differenceLevels.toReversed().map((level) => -level), ...differenceLevels]
  const levels = values.map((value, n) => ({ value, colour: mapColour(diverging, (n + 1) / values.length) }))
  return { ground: mapColour(diverging, 0), levels }
}
