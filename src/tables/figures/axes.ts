import { element, line, type Markup } from './svg.ts'
import type { Scale } from './scale.ts'
import { fontSizes, text, textWidth } from './text.ts'
import type { Theme } from './theme.ts'

/** The rectangle that data are drawn in, points. */
export interface Frame {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

const tickLength = 2.5
const stroke = 0.6

export function frameBox({ left, top, right, bottom }: Frame, theme: Theme): Markup {
  return element('rect', { x: left, y: top, width: right - left, height: bottom - top, fill: 'none', stroke: theme.ink, 'stroke-width': stroke })
}

export interface VerticalAxis {
  readonly scale: Scale
  readonly title: string
  readonly side: 'left' | 'right'
  readonly colour: string
  /** Faint lines across the frame. */
  readonly hasGrid?: boolean
}

export function verticalAxis(frame: Frame, { scale, title, side, colour, hasGrid }: VerticalAxis, theme: Theme): readonly Markup[] {
  const x = side === 'left' ? frame.left : frame.right
  const out = side === 'left' ? -1 : 1
  const widest = Math.max(0, ...scale.ticks.map((tick) => textWidth(scale.label(tick), fontSizes.tick)))
  const titleX = x + out * (tickLength + widest + 9)
  const middle = (scale.range[0] + scale.range[1]) / 2
  return [
    ...(hasGrid === true ? scale.ticks.map((tick) => gridLine(frame, scale.at(tick), theme)) : []),
    ...scale.ticks.flatMap((tick) => [
      line(x, scale.at(tick), x + out * tickLength, scale.at(tick), { stroke: colour, 'stroke-width': stroke }),
      text(x + out * (tickLength + 2), scale.at(tick) + fontSizes.tick * 0.35, scale.label(tick), {
        'text-anchor': side === 'left' ? 'end' : 'start',
        fill: colour,
      }),
    ]),
    text(titleX, middle, title, {
      'text-anchor': 'middle',
      'font-size': fontSizes.label,
      fill: colour,
      transform: `rotate(${out * 90} ${titleX.toFixed(2)} ${middle.toFixed(2)})`,
    }),
  ]
}

function gridLine(frame: Frame, y: number, theme: Theme): Markup {
  return line(frame.left, y, frame.right, y, { stroke: theme.grid, 'stroke-width': 0.4 })
}

export interface HorizontalAxis {
  readonly scale: Scale
  readonly title: string
  /** Without words where a panel below has the same axis. */
  readonly isBare?: boolean
}

export function horizontalAxis(frame: Frame, { scale, title, isBare }: HorizontalAxis, theme: Theme): readonly Markup[] {
  const y = frame.bottom
  const ticks = scale.ticks.map((tick) => line(scale.at(tick), y, scale.at(tick), y + tickLength, { stroke: theme.ink, 'stroke-width': stroke }))
  if (isBare === true) return ticks
  return [
    ...ticks,
    ...scale.ticks.map((tick) => text(scale.at(tick), y + tickLength + 7.5, scale.label(tick), { 'text-anchor': 'middle' })),
    text((frame.left + frame.right) / 2, y + tickLength + 19, title, { 'text-anchor': 'middle', 'font-size': fontSizes.label }),
  ]
}
