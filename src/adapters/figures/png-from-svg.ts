import { existsSync, readdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { KnownError } from '../../base/known-error.ts'

/** Without a font the picture would lose every word. */
export class FigureFontMissingError extends KnownError {
  readonly code = 'FIGURE_FONT_MISSING'
  readonly remedy: string
  override readonly exitCode = 3
  constructor(searched: readonly string[]) {
    super('No TrueType or OpenType font was found, so that a PNG would be without text.')
    this.remedy = `Install a font such as DejaVu Sans or Liberation Sans below ${searched.join(' or ')}, or use the SVG files.`
  }
}

export interface PngOptions {
  /** 600 is what most journals ask for. */
  readonly dotsPerInch?: number
}

/**
 * A figure as PNG. Text is drawn with the fonts of this machine; what is drawn depends on them only in its letters.
 *
 * @throws FigureFontMissingError
 */
export async function pngFromSvg(svg: string, { dotsPerInch = 600 }: PngOptions = {}): Promise<Uint8Array> {
  const { Resvg } = await import('@resvg/resvg-js')
  const fontDirs = fontFolders()
  if (!hasTextFont()) throw new FigureFontMissingError(fontDirs)
  const widthMm = Number(/<svg[^>]*\swidth="([\d.]+)mm"/.exec(svg)?.[1] ?? 85)
  const image = new Resvg(svg, {
    fitTo: { mode: 'width', value: Math.round((widthMm / 25.4) * dotsPerInch) },
    font: { loadSystemFonts: true, fontDirs: [...fontDirs], defaultFontFamily: 'DejaVu Sans', sansSerifFamily: 'DejaVu Sans' },
  })
  return image.render().asPng()
}

/** Has this machine a font to draw text with? */
export function hasTextFont(): boolean {
  return fontFolders().some(hasFont)
}

function fontFolders(): readonly string[] {
  const folders = [
    '/usr/share/fonts',
    '/usr/local/share/fonts',
    join(homedir(), '.fonts'),
    join(homedir(), '.local/share/fonts'),
    '/System/Library/Fonts',
    '/Library/Fonts',
    'C:\\Windows\\Fonts',
  ]
  const there = folders.filter((folder) => existsSync(folder))
  return there.length > 0 ? there : folders.slice(0, 2)
}

function hasFont(folder: string): boolean {
  if (!existsSync(folder)) return false
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).some((name) => /\.(ttf|otf|ttc)$/i.test(name))
}
