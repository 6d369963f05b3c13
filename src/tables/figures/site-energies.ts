import { frameBox, verticalAxis, type Frame } from './axes.ts'
import { horizontalLayout, type Bar } from './bar-layout.ts'
import { columnWidthsMm, drawFigure, type Canvas, type Figure } from './figure.ts'
import { legendRow } from './legend.ts'
import { mark, markShapes } from './marks.ts'
import { linearScale, type Scale } from './scale.ts'
import { line, tooltip, type Markup } from './svg.ts'
import { fontSizes, text } from './text.ts'
import type { Theme } from './theme.ts'

/** One defect with its energy under several conditions. */
export interface SiteEnergy {
  /** What the groups are: a dopant, or a vacancy. */
  readonly element: string
  /** Site: `on Mn`. */
  readonly series: string
  readonly energies: readonly { readonly condition: string; readonly energyEv: number }[]
}

export interface SiteEnergiesData {
  readonly title: string
  readonly caption: string
  readonly axisTitle: string
  readonly entries: readonly SiteEnergy[]
  readonly isRehearsal: boolean
}

/** Energies by dopant and site; a mark for each set of chemical potentials, joined by a line. */
export function siteEnergiesFigure(data: SiteEnergiesData): Figure {
  const { title, caption, isRehearsal } = data
  const size = { widthMm: columnWidthsMm.oneAndHalf, heightMm: 78 }
  return {
    name: 'site-energies',
    title,
    caption,
    svg: (theme) => drawFigure({ title, caption, size, isRehearsal, draw: (canvas) => draw(data, canvas) }, theme),
  }
}

function draw(data: SiteEnergiesData, { theme, width, height }: Canvas): readonly Markup[] {
  const series = [...new Set(data.entries.map((entry) => entry.series))]
  const conditions = [...new Set(data.entries.flatMap((entry) => entry.energies.map(({ condition }) => condition)))]
  const colour = (name: string): string => theme.colours[series.indexOf(name) % theme.colours.length] ?? theme.ink
  const style = (name: string) => markStyle(conditions.indexOf(name))
  const sites = series.map((words) => ({ words, key: (x: number, y: number) => line(x - 4, y, x + 4, y, { stroke: colour(words), 'stroke-width': 2.4 }) }))
  const marks = conditions.map((name) => ({ words: asFormula(name), key: (x: number, y: number) => styledMark(style(name), x, y, 2.4, theme.muted, theme) }))
  const above = legendRow(sites, 40, 10, width - 8)
  const below = legendRow(marks, 40, 10 + above.height, width - 8)
  const frame: Frame = { left: 40, right: width - 8, top: 8 + above.height + below.height, bottom: height - 17 }
  const scale = linearScale([0, ...data.entries.flatMap((entry) => entry.energies.map(({ energyEv }) => energyEv))], [frame.bottom - 4, frame.top + 4], 5)
  const layout = horizontalLayout(data.entries, frame, series)
  return [
    ...above.markup,
    ...below.markup,
    ...verticalAxis(frame, { scale, title: data.axisTitle, side: 'left', colour: theme.ink, hasGrid: true }, theme),
    line(frame.left, scale.at(0), frame.right, scale.at(0), { stroke: theme.ink, 'stroke-width': 0.6 }),
    ...layout.groups.map(({ words, centre }) => text(centre, frame.bottom + 11, words, { 'text-anchor': 'middle', 'font-size': fontSizes.label })),
    ...layout.bars.flatMap((bar) => entryMarkup(bar, scale, colour(bar.entry.series), style, theme)),
    frameBox(frame, theme),
  ]
}

interface MarkStyle {
  readonly shape: (typeof markShapes)[number]
  readonly isOpen: boolean
}

/** A host has often more corners than there are shapes: the same ones follow open. */
function markStyle(index: number): MarkStyle {
  return { shape: markShapes[index % markShapes.length] ?? 'circle', isOpen: Math.floor(index / markShapes.length) % 2 === 1 }
}

function styledMark({ shape, isOpen }: MarkStyle, x: number, y: number, radius: number, colour: string, theme: Theme, ...children: readonly Markup[]): Markup {
  const colours = isOpen ? { fill: theme.background, stroke: colour, 'stroke-width': 1.1 } : { fill: colour, stroke: theme.background, 'stroke-width': 0.5 }
  return mark(shape, x, y, isOpen ? radius - 0.3 : radius, colours, ...children)
}

/** `Li2O` with its number lowered. */
function asFormula(words: string): string {
  return words.replaceAll(/([A-Za-z)])(\d+)/g, '$1_{$2}')
}

function beside(centre: number, index: number, count: number): number {
  return centre + (index - (count - 1) / 2) * 6
}

function entryMarkup(
  { entry, centre }: Bar<SiteEnergy>,
  scale: Scale,
  colour: string,
  style: (condition: string) => MarkStyle,
  theme: Theme,
): readonly Markup[] {
  const values = entry.energies.map(({ energyEv }) => energyEv)
  return [
    // Marks of equal energy must not hide each other, so each condition has its own place beside the line.
    line(centre, scale.at(Math.min(...values)), centre, scale.at(Math.max(...values)), { stroke: colour, 'stroke-width': 1.4 }),
    ...entry.energies.map(({ condition, energyEv }, n) =>
      styledMark(style(condition), beside(centre, n, values.length), scale.at(energyEv), 2.8, colour, theme, tooltip(`${entry.element} ${entry.series}, ${condition}: ${energyEv.toFixed(3)} eV`)),
    ),
  ]
}
