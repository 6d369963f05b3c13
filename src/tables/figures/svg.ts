/** A piece of SVG that is already markup. */
export type Markup = string

export type Attributes = Readonly<Record<string, string | number | undefined>>

/** An element. Numbers are rounded to hundredths of a point, which no printer shows. */
export function element(name: string, attributes: Attributes, ...children: readonly Markup[]): Markup {
  const written = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : [` ${key}="${typeof value === 'number' ? String(decimals(value)) : escapeXml(value)}"`],
  )
  const opening = `<${name}${written.join('')}`
  return children.length === 0 ? `${opening}/>` : `${opening}>${children.join('')}</${name}>`
}

export function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}

/** What a pointer shows over a mark, and what a screen reader says. */
export function tooltip(text: string): Markup {
  return `<title>${escapeXml(text)}</title>`
}

export function line(x1: number, y1: number, x2: number, y2: number, attributes: Attributes): Markup {
  return element('line', { x1, y1, x2, y2, ...attributes })
}

/** A polyline through points [x, y]. */
export function path(points: readonly (readonly [number, number])[], attributes: Attributes): Markup {
  const d = points.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${decimals(x)} ${decimals(y)}`).join('')
  return element('path', { d, fill: 'none', ...attributes })
}

function decimals(value: number): number {
  return Math.round(value * 100) / 100
}
