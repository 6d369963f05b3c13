import { frameBox, horizontalAxis, verticalAxis, type Frame } from './axes.ts'
import { columnWidthsMm, drawFigure, type Canvas, type Figure } from './figure.ts'
import { legendRow } from './legend.ts'
import { mark, markShapes } from './marks.ts'
import { linearScale, type Scale } from './scale.ts'
import { line, path, tooltip, type Markup } from './svg.ts'
import type { Theme } from './theme.ts'

export interface TestedValue {
  readonly x: number
  readonly y: number
  /** The screen's own value, which is marked. */
  readonly isOwn: boolean
}

/** One quantity of one candidate against one parameter. */
export interface TestCourse {
  readonly candidate: string
  readonly points: readonly TestedValue[]
}

export interface TestPanel {
  readonly xTitle: string
  readonly yTitle: string
  readonly courses: readonly TestCourse[]
  /** Finer to the left, as for a spacing. */
  readonly isFinerDown: boolean
}

export interface ConvergenceTestsData {
  readonly title: string
  readonly caption: string
  /** Each column is a parameter, from top to bottom what was looked at. */
  readonly columns: readonly (readonly TestPanel[])[]
  readonly isRehearsal: boolean
}

const rowHeightMm = 42

/** Small panels, one for each parameter and quantity, finer to the right. */
export function convergenceTestsFigure(data: ConvergenceTestsData): Figure {
  const { title, caption, isRehearsal, columns } = data
  const rows = Math.max(1, ...columns.map((panels) => panels.length))
  const widthMm = columns.length > 2 ? columnWidthsMm.double : columns.length === 2 ? columnWidthsMm.oneAndHalf : columnWidthsMm.single
  const size = { widthMm, heightMm: 8 + rows * rowHeightMm + (isRehearsal ? 5 : 0) }
  return {
    name: 'convergence-tests',
    title,
    caption,
    svg: (theme) => drawFigure({ title, caption, size, isRehearsal, draw: (canvas) => draw(data, canvas, rows) }, theme),
  }
}

function draw({ columns }: ConvergenceTestsData, { theme, width, height }: Canvas, rows: number): readonly Markup[] {
  const names = [...new Set(columns.flat().flatMap(({ courses }) => courses.map(({ candidate }) => candidate)))]
  const key = (name: string) => (x: number, y: number) => mark(shapeOf(names, name), x + 3, y, 2.4, { fill: colourOf(names, name, theme) })
  const ring = { words: 'as in the screen', key: (x: number, y: number) => mark('circle', x + 3, y, 3.6, { fill: 'none', stroke: theme.ink, 'stroke-width': 0.7 }) }
  const legend = legendRow([...names.map((words) => ({ words, key: key(words) })), ring], 40, 10, width - 8)
  const [top, cellWidth] = [6 + legend.height, width / columns.length]
  const cellHeight = (height - top) / rows
  const panels = columns.flatMap((column, i) =>
    column.flatMap((panel, j) => {
      const frame: Frame = { left: i * cellWidth + 44, right: (i + 1) * cellWidth - 10, top: top + j * cellHeight + 6, bottom: top + (j + 1) * cellHeight - 26 }
      return drawPanel(panel, frame, names, theme)
    }),
  )
  return [...legend.markup, ...panels]
}

function drawPanel({ xTitle, yTitle, courses, isFinerDown }: TestPanel, frame: Frame, names: readonly string[], theme: Theme): readonly Markup[] {
  const all = courses.flatMap(({ points }) => points)
  const range = isFinerDown ? ([frame.right - 6, frame.left + 6] as const) : ([frame.left + 6, frame.right - 6] as const)
  const [low, high] = [Math.min(...all.map(({ x }) => x)), Math.max(...all.map(({ x }) => x))]
  const margin = high > low ? (high - low) * 0.04 : Math.abs(high) * 0.1 || 1
  const horizontal = linearScale([], range, 4, [low - margin, high + margin])
  const vertical = linearScale(all.map(({ y }) => y), [frame.bottom - 4, frame.top + 4], 4)
  const hasZero = vertical.domain[0] < 0 && vertical.domain[1] > 0
  return [
    ...(hasZero ? [line(frame.left, vertical.at(0), frame.right, vertical.at(0), { stroke: theme.muted, 'stroke-width': 0.5 })] : []),
    ...verticalAxis(frame, { scale: vertical, title: yTitle, side: 'left', colour: theme.ink, hasGrid: true }, theme),
    ...horizontalAxis(frame, { scale: horizontal, title: xTitle }, theme),
    ...courses.flatMap((course) => drawCourse(course, horizontal, vertical, names, theme)),
    frameBox(frame, theme),
  ]
}

function drawCourse({ candidate, points }: TestCourse, horizontal: Scale, vertical: Scale, names: readonly string[], theme: Theme): readonly Markup[] {
  const [colour, shape] = [colourOf(names, candidate, theme), shapeOf(names, candidate)]
  const places = points.map(({ x, y }) => [horizontal.at(x), vertical.at(y)] as const)
  return [
    ...(places.length > 1 ? [path(places, { stroke: colour, 'stroke-width': 1 })] : []),
    ...points.flatMap(({ x, y, isOwn }, n) => {
      const [left, up] = places[n] ?? [0, 0]
      const dot = mark(shape, left, up, 2.4, { fill: colour, stroke: theme.background, 'stroke-width': 0.5 }, tooltip(`${candidate}, ${x}: ${y.toPrecision(4)}`))
      return isOwn ? [dot, mark('circle', left, up, 4, { fill: 'none', stroke: theme.ink, 'stroke-width': 0.7 })] : [dot]
    }),
  ]
}

function colourOf(names: readonly string[], name: string, theme: Theme): string {
  return theme.colours[names.indexOf(name) % theme.colours.length] ?? theme.ink
}

function shapeOf(names: readonly string[], name: string): (typeof markShapes)[number] {
  return markShapes[names.indexOf(name) % markShapes.length] ?? 'circle'
}
