import { frameBox, horizontalAxis, verticalAxis, type Frame } from './axes.ts'
import { columnWidthsMm, drawFigure, type Canvas, type Figure } from './figure.ts'
import { legendRow } from './legend.ts'
import { linearScale } from './scale.ts'
import { element, line, path, tooltip, type Markup } from './svg.ts'

/** Planar average of a potential along c, relative to the Fermi level. */
export interface PotentialCurve {
  readonly words: string
  /** Å between planes. */
  readonly stepAngstrom: number
  readonly valuesEv: readonly number[]
}

export interface PlanarPotentialsData {
  readonly title: string
  readonly caption: string
  readonly curves: readonly PotentialCurve[]
  /** z in Å of the lowest and the highest atom of the first curve: where the slab is. */
  readonly slabAngstrom: readonly [number, number]
  readonly isRehearsal: boolean
}

/** Potentials across a slab and its vacuum; the slab shaded, the Fermi level at zero. */
export function planarPotentialsFigure(data: PlanarPotentialsData): Figure {
  const { title, caption, isRehearsal } = data
  const size = { widthMm: columnWidthsMm.single, heightMm: 72 }
  return {
    name: 'planar-potentials',
    title,
    caption,
    svg: (theme) => drawFigure({ title, caption, size, isRehearsal, draw: (canvas) => draw(data, canvas) }, theme),
  }
}

function draw(data: PlanarPotentialsData, { theme, width, height }: Canvas): readonly Markup[] {
  const colour = (n: number): string => theme.colours[n % theme.colours.length] ?? theme.ink
  const entries = data.curves.map(({ words }, n) => ({ words, key: (x: number, y: number) => path([[x - 4, y], [x + 6, y]], { stroke: colour(n), 'stroke-width': 1.2 }) }))
  const legend = legendRow(entries, 40, 10, width - 8)
  const frame: Frame = { left: 40, right: width - 8, top: 8 + legend.height, bottom: height - 26 }
  const longest = Math.max(1, ...data.curves.map((curve) => curve.stepAngstrom * curve.valuesEv.length))
  const horizontal = linearScale([], [frame.left, frame.right], 6, [0, longest])
  const vertical = linearScale([0, ...data.curves.flatMap(({ valuesEv }) => valuesEv)], [frame.bottom, frame.top], 5)
  const [from, to] = data.slabAngstrom
  const shade = { x: horizontal.at(from), y: frame.top, width: horizontal.at(to) - horizontal.at(from), height: frame.bottom - frame.top, fill: theme.grid, 'fill-opacity': 0.6 }
  return [
    ...legend.markup,
    element('rect', shade),
    line(frame.left, vertical.at(0), frame.right, vertical.at(0), { stroke: theme.ink, 'stroke-width': 0.6, 'stroke-dasharray': '2 2' }),
    ...verticalAxis(frame, { scale: vertical, title: 'V − E_F (eV)', side: 'left', colour: theme.ink }, theme),
    ...horizontalAxis(frame, { scale: horizontal, title: 'z (Å)' }, theme),
    ...data.curves.map(({ words, stepAngstrom, valuesEv }, n) => {
      const points = valuesEv.map((value, z) => [horizontal.at(z * stepAngstrom), vertical.at(value)] as const)
      return `<g>${tooltip(words)}${path(points, { stroke: colour(n), 'stroke-width': 0.9, 'stroke-linejoin': 'round' })}</g>`
    }),
    frameBox(frame, theme),
  ]
}
