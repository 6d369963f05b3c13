import { element, type Attributes, type Markup } from './svg.ts'

/** Shapes that stay apart in black and white. */
export type MarkShape = 'circle' | 'square' | 'triangle' | 'diamond'

export const markShapes: readonly MarkShape[] = ['circle', 'square', 'triangle', 'diamond']

/** A mark of about the same area whatever its shape. @param radius of the circle, points */
export function mark(shape: MarkShape, x: number, y: number, radius: number, attributes: Attributes, ...children: readonly Markup[]): Markup {
  if (shape === 'circle') return element('circle', { cx: x, cy: y, r: radius, ...attributes }, ...children)
  const corners = polygons[shape].map(([dx, dy]) => `${(x + dx * radius).toFixed(2)},${(y + dy * radius).toFixed(2)}`)
  return element('polygon', { points: corners.join(' '), 'stroke-linejoin': 'round', ...attributes }, ...children)
}

const polygons: Readonly<Record<Exclude<MarkShape, 'circle'>, readonly (readonly [number, number])[]>> = {
  square: [[-0.89, -0.89], [0.89, -0.89], [0.89, 0.89], [-0.89, 0.89]],
  triangle: [[0, -1.25], [1.17, 0.8], [-1.17, 0.8]],
  diamond: [[0, -1.25], [1.25, 0], [0, 1.25], [-1.25, 0]],
} // prettier-ignore
