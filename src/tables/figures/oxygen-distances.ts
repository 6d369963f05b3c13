import { frameBox, horizontalAxis, verticalAxis, type Frame } from './axes.ts'
import { columnWidthsMm, drawFigure, type Canvas, type Figure } from './figure.ts'
import { legendRow } from './legend.ts'
import { mark, markShapes } from './marks.ts'
import { linearScale, type Scale } from './scale.ts'
import { line, path, tooltip, type Markup } from './svg.ts'
import { fontSizes, text } from './text.ts'
import type { Theme } from './theme.ts'

export interface OxygenDistance {
  /** Lithium left per formula unit. */
  readonly x: number
  readonly distanceAngstrom: number
  /** What is joined by a line: a dopant and its site. */
  readonly line: string
}

export interface OxygenDistancesData {
  readonly title: string
  readonly caption: string
  /** `x in Li_xMnO_3`. */
  readonly xTitle: string
  readonly points: readonly OxygenDistance[]
  /** Names with upper limits in Å, shortest first; drawn as levels. */
  readonly classes: readonly (readonly [string, number])[]
  readonly isRehearsal: boolean
}

/** The shortest O–O distance of each cell against the lithium that is left, with the limits of the pair classes. */
export function oxygenDistancesFigure(data: OxygenDistancesData): Figure {
  const { title, caption, isRehearsal } = data
  const size = { widthMm: columnWidthsMm.single, heightMm: 75 }
  return {
    name: 'oxygen-distances',
    title,
    caption,
    svg: (theme) => drawFigure({ title, caption, size, isRehearsal, draw: (canvas) => draw(data, canvas) }, theme),
  }
}

function draw(data: OxygenDistancesData, { theme, width, height }: Canvas): readonly Markup[] {
  const names = [...new Set(data.points.map((point) => point.line))]
  const style = (name: string) => {
    const index = names.indexOf(name)
    return { colour: theme.colours[index % theme.colours.length] ?? theme.ink, shape: markShapes[index % markShapes.length] ?? 'circle' }
  }
  const key = (words: string) => (x: number, y: number) => mark(style(words).shape, x + 3, y, 2.4, { fill: style(words).colour })
  const legend = legendRow(names.map((words) => ({ words, key: key(words) })), 34, 10, width - 8)
  const frame: Frame = { left: 34, right: width - 8, top: 8 + legend.height, bottom: height - 26 }
  const horizontal = linearScale(data.points.map(({ x }) => x), [frame.right - 8, frame.left + 8], 4)
  const vertical = linearScale([1, ...data.points.map((point) => point.distanceAngstrom)], [frame.bottom, frame.top + 4], 5)
  return [
    ...legend.markup,
    ...data.classes.flatMap((each) => classLine(each, frame, vertical, theme)),
    ...verticalAxis(frame, { scale: vertical, title: 'shortest O–O distance (Å)', side: 'left', colour: theme.ink }, theme),
    ...horizontalAxis(frame, { scale: horizontal, title: data.xTitle }, theme),
    ...names.flatMap((name) => series(data.points.filter((point) => point.line === name), horizontal, vertical, style(name), theme)),
    frameBox(frame, theme),
  ]
}

/** Everything below the line is of that class or a shorter one. */
function classLine([name, limit]: readonly [string, number], frame: Frame, scale: Scale, theme: Theme): readonly Markup[] {
  const y = scale.at(limit)
  if (y < frame.top || y > frame.bottom) return []
  return [
    line(frame.left, y, frame.right, y, { stroke: theme.muted, 'stroke-width': 0.5, 'stroke-dasharray': '3 2' }),
    text(frame.left + 4, y + 7.5, name, { 'font-size': fontSizes.note, fill: theme.muted }),
  ]
}

function series(
  points: readonly OxygenDistance[],
  horizontal: Scale,
  vertical: Scale,
  { colour, shape }: { readonly colour: string; readonly shape: (typeof markShapes)[number] },
  theme: Theme,
): readonly Markup[] {
  const sorted = points.toSorted((a, b) => b.x - a.x)
  const places = sorted.map(({ x, distanceAngstrom }) => [horizontal.at(x), vertical.at(distanceAngstrom)] as const)
  return [
    ...(places.length > 1 ? [path(places, { stroke: colour, 'stroke-width': 1 })] : []),
    ...places.map(([x, y], n) =>
      mark(shape, x, y, 2.6, { fill: colour, stroke: theme.background, 'stroke-width': 0.5 }, tooltip(`${sorted[n]?.line}, x = ${sorted[n]?.x.toFixed(3)}: ${sorted[n]?.distanceAngstrom.toFixed(3)} Å`)),
    ),
  ]
}
