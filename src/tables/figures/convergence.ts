import { frameBox, horizontalAxis, verticalAxis, type Frame } from './axes.ts'
import { columnWidthsMm, drawFigure, type Canvas, type Figure } from './figure.ts'
import { legendColumn } from './legend.ts'
import { linearScale, logScale, type Scale } from './scale.ts'
import { line, path, tooltip, type Attributes, type Markup } from './svg.ts'
import { fontSizes, text } from './text.ts'
import type { Theme } from './theme.ts'

/** One relaxation, [ionic step] from 1. */
export interface RelaxationCourse {
  readonly words: string
  /** What shares a colour: a dopant. */
  readonly colourGroup: string
  /** What shares a dash: a series. */
  readonly dashGroup: string
  readonly energiesEv: readonly number[]
  /** 0-based steps with which later attempts start; absent or empty for one attempt. */
  readonly attemptStarts?: readonly number[]
  /** null where a step printed none. */
  readonly maxForcesEvPerAngstrom: readonly (number | null)[]
}

export interface ConvergenceData {
  readonly title: string
  readonly caption: string
  readonly courses: readonly RelaxationCourse[]
  /** Where a relaxation ends. */
  readonly forceLimitEvPerAngstrom?: number
  readonly isRehearsal: boolean
}

/** Energy above the last step, and the largest force, against the ionic step; both on logarithmic axes. */
export function convergenceFigure(data: ConvergenceData): Figure {
  const { title, caption, isRehearsal } = data
  const size = { widthMm: columnWidthsMm.oneAndHalf, heightMm: 100 }
  return {
    name: 'convergence',
    title,
    caption,
    svg: (theme) => drawFigure({ title, caption, size, isRehearsal, draw: (canvas) => draw(data, canvas) }, theme),
  }
}

const lowestEv = 1e-5
const dashes = [undefined, '4 1.6', '1.2 1.4', '6 1.5 1 1.5', '2.5 2.5', '8 2'] as const

function draw(data: ConvergenceData, { theme, width, height }: Canvas): readonly Markup[] {
  const { courses, forceLimitEvPerAngstrom: limit } = data
  const legendLeft = width - 78
  const [left, right] = [40, legendLeft - 8]
  const middle = (height - 26 + 8) / 2
  const [upper, lower]: readonly [Frame, Frame] = [
    { left, right, top: 8, bottom: middle - 5 },
    { left, right, top: middle + 5, bottom: height - 26 },
  ]
  const steps = linearScale([], [left, right], 6, [0, Math.max(2, ...courses.map((course) => course.energiesEv.length)) * 1.02])
  const energies = courses.map((course) => aboveLast(course.energiesEv))
  const forces = courses.map((course) => course.maxForcesEvPerAngstrom.map((force) => force ?? Number.NaN))
  const energyScale = logScale(energies.flat(), [upper.bottom, upper.top], lowestEv)
  const known = forces.flat().filter(Number.isFinite)
  const forceScale = logScale([...known, ...(limit === undefined ? [] : [limit])], [lower.bottom, lower.top], 1e-4)
  const style = styleOf(courses, theme)
  return [
    ...verticalAxis(upper, { scale: energyScale, title: 'E − E_{last} (eV)', side: 'left', colour: theme.ink, hasGrid: true }, theme),
    ...horizontalAxis(upper, { scale: steps, title: '', isBare: true }, theme),
    ...verticalAxis(lower, { scale: forceScale, title: 'max |F| (eV/Å)', side: 'left', colour: theme.ink, hasGrid: true }, theme),
    ...horizontalAxis(lower, { scale: steps, title: 'ionic step' }, theme),
    ...(limit === undefined ? [] : limitLine(limit, lower, forceScale, theme)),
    ...courses.flatMap((course, n) => curve(energies[n] ?? [], steps, energyScale, style(course), course.words)),
    ...courses.flatMap((course, n) => curve(forces[n] ?? [], steps, forceScale, { ...style(course), 'stroke-width': 0.5, 'stroke-opacity': 0.28 }, course.words)),
    ...courses.flatMap((course, n) => curve(lowestSoFar(forces[n] ?? []), steps, forceScale, style(course), course.words)),
    ...courses.flatMap((course, n) => attemptRings(course, energies[n] ?? [], steps, energyScale, style(course), theme)),
    frameBox(upper, theme),
    frameBox(lower, theme),
    ...legendColumn(courses.map((course) => ({ words: course.words, key: (x, y) => path([[x - 5, y], [x + 7, y]], style(course)) })), legendLeft, 14), // prettier-ignore
  ]
}

/** The last step is 0, which a logarithm cannot show: the curve ends a step before. */
function aboveLast(energiesEv: readonly number[]): readonly number[] {
  const last = energiesEv.at(-1) ?? 0
  return energiesEv.slice(0, -1).map((energy) => Math.abs(energy - last))
}

/** Trial steps go up and down; what is reached is read more easily from the lowest value so far. */
function lowestSoFar(values: readonly number[]): readonly number[] {
  let lowest = Number.POSITIVE_INFINITY
  return values.map((value) => (lowest = Math.min(lowest, Number.isFinite(value) ? value : lowest)))
}

type Stroke = Attributes

function styleOf(courses: readonly RelaxationCourse[], theme: Theme): (course: RelaxationCourse) => Stroke {
  const colours = [...new Set(courses.map((course) => course.colourGroup))]
  const groups = [...new Set(courses.map((course) => course.dashGroup))]
  return ({ colourGroup, dashGroup }) => ({
    stroke: theme.colours[colours.indexOf(colourGroup) % theme.colours.length],
    'stroke-width': 0.9,
    'stroke-dasharray': dashes[groups.indexOf(dashGroup) % dashes.length],
  })
}

function curve(values: readonly number[], steps: Scale, scale: Scale, style: Stroke, words: string): readonly Markup[] {
  const points = values.flatMap((value, n) => (Number.isFinite(value) ? [[steps.at(n + 1), scale.at(value)] as const] : []))
  if (points.length === 0) return []
  return [`<g>${tooltip(words)}${path(points, { ...style, 'stroke-linejoin': 'round' })}</g>`]
}

/** Where a later attempt goes on from, or starts again. */
function attemptRings({ attemptStarts = [] }: RelaxationCourse, values: readonly number[], steps: Scale, scale: Scale, { stroke }: Stroke, theme: Theme): readonly Markup[] {
  return attemptStarts.flatMap((start) => {
    const value = values[start]
    if (value === undefined || !Number.isFinite(value)) return []
    return [`<circle cx="${steps.at(start + 1).toFixed(2)}" cy="${scale.at(value).toFixed(2)}" r="1.8" fill="${theme.background}" stroke="${stroke ?? theme.ink}" stroke-width="0.8"/>`]
  })
}

function limitLine(limit: number, frame: Frame, scale: Scale, theme: Theme): readonly Markup[] {
  const y = scale.at(limit)
  return [
    line(frame.left, y, frame.right, y, { stroke: theme.ink, 'stroke-width': 0.7, 'stroke-dasharray': '2 2' }),
    text(frame.left + 4, y + 7.5, `limit ${limit} eV/Å`, { 'font-size': fontSizes.note, fill: theme.muted }),
  ]
}
