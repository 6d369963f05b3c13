import { element, escapeXml, type Markup } from './svg.ts'
import { fontFamily, fontSizes, text } from './text.ts'
import { themes, type Theme, type ThemeName } from './theme.ts'

/** A figure as a report, a file and a reader of the caption need it. */
export interface Figure {
  /** For file names: `bonds-and-charges`. */
  readonly name: string
  readonly title: string
  /** Says what is shown and how it is meant, in whole sentences. */
  readonly caption: string
  /** The drawing in points, with its printed size in mm. */
  svg(theme: ThemeName): string
}

export interface FigureSize {
  readonly widthMm: number
  readonly heightMm: number
}

/** Common widths of journal columns. */
export const columnWidthsMm = { single: 85, oneAndHalf: 120, double: 178 } as const

export const pointsPerMm = 72 / 25.4

export interface Canvas {
  readonly theme: Theme
  /** Points. */
  readonly width: number
  readonly height: number
}

export interface Drawing {
  readonly title: string
  readonly caption: string
  readonly size: FigureSize
  readonly isRehearsal: boolean
  readonly draw: (canvas: Canvas) => readonly Markup[]
}

/** Room below the drawing for the line that a rehearsal carries. */
const rehearsalLine = 13

/** A whole SVG file. A rehearsal says so across the picture and below it, in every copy that is made of it. */
export function drawFigure({ title, caption, size, isRehearsal, draw }: Drawing, themeName: ThemeName): string {
  const theme = themes[themeName]
  const [width, height] = [size.widthMm * pointsPerMm, size.heightMm * pointsPerMm]
  const inner = isRehearsal ? height - rehearsalLine : height
  const content = [
    element('rect', { width, height, fill: theme.background }),
    ...(isRehearsal ? watermark(theme, width, height) : []),
    ...draw({ theme, width, height: inner }),
  ]
  const attributes = {
    xmlns: 'http://www.w3.org/2000/svg',
    width: `${size.widthMm}mm`,
    height: `${size.heightMm}mm`,
    viewBox: `0 0 ${width.toFixed(2)} ${height.toFixed(2)}`,
    role: 'img',
    'font-family': fontFamily,
    'font-size': fontSizes.tick,
    fill: theme.ink,
  }
  const described = [`<title>${escapeXml(title)}</title>`, `<desc>${escapeXml(caption)}</desc>`]
  return `${element('svg', attributes, ...described, '\n', content.join('\n'), '\n')}\n`
}

function watermark(theme: Theme, width: number, height: number): readonly Markup[] {
  const [x, y] = [width / 2, height / 2]
  const angle = -(Math.atan2(height, width) * 180) / Math.PI
  const size = Math.min(width / 7.2, height / 3.2)
  return [
    text(x, y + size * 0.35, 'REHEARSAL', {
      'text-anchor': 'middle',
      'font-size': size,
      'font-weight': 700,
      fill: theme.watermark,
      transform: `rotate(${angle.toFixed(1)} ${x.toFixed(1)} ${y.toFixed(1)})`,
      'aria-hidden': 'true',
    }),
    text(width / 2, height - 4, 'Rehearsal: numbers of a bond-valence stand-in, not of DFT', {
      'text-anchor': 'middle',
      'font-size': fontSizes.note,
      'font-weight': 700,
      fill: theme.accent,
    }),
  ]
}
