import { basename, dirname, join } from 'node:path'
import type { Templates } from '../../ports/templates.ts'
import type { Figure } from '../../tables/figures/figure.ts'
import { writeFileWhole } from '../files/write-file-whole.ts'
import { reportHtml, type ReportContent } from './report-html.ts'

/** Turns SVG into PNG; undefined where only SVG files are wanted. */
export type Rasterise = (svg: string) => Promise<Uint8Array>

/** Writes the report, and its figures in files of their own beside it. Returns the paths. */
export async function saveReport(
  content: ReportContent,
  path: string,
  { templates, rasterise }: { readonly templates: Templates; readonly rasterise?: Rasterise },
): Promise<readonly string[]> {
  await writeFileWhole(path, await reportHtml(content, templates))
  const folder = join(dirname(path), `${basename(path, '.html')}-figures`)
  const figures: string[] = []
  for (const figure of content.figures) figures.push(...(await saveFigure(figure, folder, rasterise)))
  return [path, ...figures]
}

async function saveFigure(figure: Figure, folder: string, rasterise: Rasterise | undefined): Promise<readonly string[]> {
  const paths: string[] = []
  for (const theme of ['light', 'dark'] as const) {
    const svg = figure.svg(theme)
    const stem = join(folder, theme === 'light' ? figure.name : `${figure.name}-dark`)
    await writeFileWhole(`${stem}.svg`, svg)
    paths.push(`${stem}.svg`)
    if (rasterise === undefined) continue
    await writeFileWhole(`${stem}.png`, await rasterise(svg))
    paths.push(`${stem}.png`)
  }
  return paths
}
