import { frameBox, horizontalAxis, verticalAxis, type Frame } from './axes.ts'
import { columnWidthsMm, drawFigure, type Canvas, type Figure } from './figure.ts'
import { legendRow } from './legend.ts'
import { linearScale, type Scale } from './scale.ts'
import { element, line, path, type Markup } from './svg.ts'
import { fontSizes, text, textWidth } from './text.ts'
import type { Theme } from './theme.ts'

/** Densities of states of one cell; energies relative to its Fermi level. */
export interface StatesPanel {
  readonly words: string
  readonly firstEv: number
  readonly stepEv: number
  /** `total` is drawn as an area, the others as lines. [spin][energy], states per eV and cell. */
  readonly curves: readonly { readonly name: string; readonly spins: readonly (readonly number[])[] }[]
}

export interface StateDensitiesData {
  /** For the file, when there are several figures. */
  readonly name: string
  readonly title: string
  readonly caption: string
  readonly panels: readonly StatesPanel[]
  /** Names of the curves in the order of their colours, the same in every panel. */
  readonly curveNames: readonly string[]
  readonly isRehearsal: boolean
}

const panelMm = 31
const aroundMm = 24

/** Panels below each other on one axis of energies: spin up above the line, spin down below. */
export function stateDensitiesFigure(data: StateDensitiesData): Figure {
  const { name, title, caption, isRehearsal } = data
  const size = { widthMm: columnWidthsMm.oneAndHalf, heightMm: aroundMm + panelMm * data.panels.length }
  return { name, title, caption, svg: (theme) => drawFigure({ title, caption, size, isRehearsal, draw: (canvas) => draw(data, canvas) }, theme) }
}

function draw(data: StateDensitiesData, { theme, width, height }: Canvas): readonly Markup[] {
  const key = (name: string) => (x: number, y: number) =>
    name === 'total' ? element('rect', { x: x - 4, y: y - 3, width: 9, height: 6, fill: theme.grid, stroke: theme.muted, 'stroke-width': 0.4 }) : path([[x - 4, y], [x + 6, y]], { stroke: colourOf(name, data, theme), 'stroke-width': 1.2 })
  const legend = legendRow(data.curveNames.map((words) => ({ words, key: key(words) })), 40, 10, width - 10)
  const [left, right, top, bottom] = [40, width - 10, 8 + legend.height, height - 26]
  const panelHeight = (bottom - top) / data.panels.length
  const [first] = data.panels
  const end = first === undefined ? 0 : first.firstEv + first.stepEv * ((first.curves[0]?.spins[0]?.length ?? 1) - 1)
  const energies = linearScale([], [left, right], 8, [first?.firstEv ?? 0, end])
  return [
    ...legend.markup,
    ...data.panels.flatMap((panel, n) => {
      const frame: Frame = { left, right, top: top + n * panelHeight, bottom: top + (n + 1) * panelHeight - 4 }
      const place = { isLast: n === data.panels.length - 1, isMiddle: n === Math.floor((data.panels.length - 1) / 2) }
      return panelMarkup(panel, frame, energies, place, data, theme)
    }),
  ]
}

function panelMarkup(
  panel: StatesPanel,
  frame: Frame,
  energies: Scale,
  { isLast, isMiddle }: { readonly isLast: boolean; readonly isMiddle: boolean },
  data: StateDensitiesData,
  theme: Theme,
): readonly Markup[] {
  const highest = Math.max(1e-6, ...panel.curves.flatMap(({ spins }) => spins.flatMap((states) => Math.max(...states))))
  const hasSpins = panel.curves.some(({ spins }) => spins.length > 1)
  const scale = linearScale([], [frame.bottom - 2, frame.top + 2], 5, [hasSpins ? -highest * 1.05 : 0, highest * 1.05])
  const curves = panel.curves.toSorted((a, b) => Number(b.name === 'total') - Number(a.name === 'total'))
  return [
    ...curves.flatMap((curve) => curve.spins.flatMap((states, spin) => curveMarkup(curve.name, states, spin === 1 ? -1 : 1, panel, { energies, scale }, data, theme))),
    line(frame.left, scale.at(0), frame.right, scale.at(0), { stroke: theme.ink, 'stroke-width': 0.4 }),
    line(energies.at(0), frame.top, energies.at(0), frame.bottom, { stroke: theme.ink, 'stroke-width': 0.6, 'stroke-dasharray': '2 2' }),
    ...verticalAxis(frame, { scale, title: isMiddle ? 'states per eV' : '', side: 'left', colour: theme.ink }, theme),
    ...horizontalAxis(frame, { scale: energies, title: 'E − E_F (eV)', isBare: !isLast }, theme),
    ...nameplate(panel.words, frame, theme),
    frameBox(frame, theme),
  ]
}

function curveMarkup(
  name: string,
  states: readonly number[],
  sign: 1 | -1,
  { firstEv, stepEv }: StatesPanel,
  { energies, scale }: { readonly energies: Scale; readonly scale: Scale },
  data: StateDensitiesData,
  theme: Theme,
): readonly Markup[] {
  const points = states.map((value, n) => [energies.at(firstEv + n * stepEv), scale.at(sign * value)] as const)
  if (name !== 'total') {
    const stroke = { stroke: colourOf(name, data, theme), 'stroke-width': 0.9, 'stroke-linejoin': 'round' }
    return withStates(points, scale.at(0)).map((part) => path(part, stroke))
  }
  const [start, end] = [points[0]?.[0] ?? 0, points.at(-1)?.[0] ?? 0]
  return [path([[start, scale.at(0)], ...points, [end, scale.at(0)]], { fill: theme.grid, stroke: theme.muted, 'stroke-width': 0.4 })]
}

type Point = readonly [number, number]

/** Nearer to the line of zero than this, in points, there is nothing to see; several curves would only colour it. */
const visiblePoints = 0.15

/** The stretches of a curve that have states. */
function withStates(points: readonly Point[], zero: number): readonly (readonly Point[])[] {
  const parts: Point[][] = []
  points.forEach((point, n) => {
    const isSeen = [points[n - 1], point, points[n + 1]].some((each) => each !== undefined && Math.abs(each[1] - zero) > visiblePoints)
    if (!isSeen) return
    const before = points[n - 1]
    const current = parts.at(-1)
    if (current !== undefined && before !== undefined && current.at(-1) === before) current.push(point)
    else parts.push([point])
  })
  return parts.filter((part) => part.length > 1)
}

/** On a patch of background, since curves may pass behind it. */
function nameplate(words: string, { left, top }: Frame, theme: Theme): readonly Markup[] {
  const width = textWidth(words, fontSizes.tick) + 6
  return [
    element('rect', { x: left + 2, y: top + 2, width, height: 11, fill: theme.background, 'fill-opacity': 0.85 }),
    text(left + 5, top + 10, words, { 'font-size': fontSizes.tick }),
  ]
}

function colourOf(name: string, { curveNames }: StateDensitiesData, theme: Theme): string {
  const index = curveNames.filter((each) => each !== 'total').indexOf(name)
  return theme.colours[index % theme.colours.length] ?? theme.ink
}
