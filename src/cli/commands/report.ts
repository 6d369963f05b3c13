import { join, relative, resolve } from 'node:path'
import { systemClock } from '../../adapters/clock/system-clock.ts'
import { hasTextFont, pngFromSvg } from '../../adapters/figures/png-from-svg.ts'
import { reportContent } from '../../app/report/report-content.ts'
import { saveReport } from '../../app/report/save-report.ts'
import { densityPlanesOf, methodOfSite, openBesideOwner, runFilesOf, templatesOf } from '../../compose.ts'
import type { CommandDefinition, CommandIo } from '../command.ts'
import { numberOption, textOption } from '../option-values.ts'
import { projectOption, workspaceOptions } from '../workspace-options.ts'

export const reportCommand: CommandDefinition = {
  name: 'report',
  summary: 'write one HTML file with tables, figures, structures, methods and provenance',
  arguments: [{ name: '<screen>', description: 'name of the screen' }],
  options: [
    { flags: '--output <file>', description: 'default: results/<screen>/report.html below the project' },
    { flags: '--no-png', description: 'save the figures as SVG only' },
    { flags: '--densities <members...>', description: 'draw the charge density around the dopants of these members, or of all' },
    { flags: '--dpi <number>', description: 'dots per inch of the PNG figures', default: '600' },
    projectOption,
  ],
  examples: ['dopant report li2mno3-010', 'dopant report li2mno3-010 --densities B-on-Mn P-on-Mn', 'dopant report li2mno3-010 --output report.html --no-png'],
  run: async ([screenName = ''], options, io) => {
    const workspace = workspaceOptions(options, io)
    const { projectFolder } = workspace
    const named = textOption(options['output'])
    const path = named === undefined ? join(projectFolder, 'results', screenName, 'report.html') : resolve(io.cwd, named)
    const densities = (options['densities'] as readonly string[] | undefined) ?? []
    const dotsPerInch = numberOption('--dpi', options['dpi'] ?? '600')
    const { parts, close } = await openBesideOwner(workspace)
    try {
      const sources = { store: parts.store, files: runFilesOf(workspace, parts.sites), planes: densityPlanesOf(workspace, parts.sites), methodOf: methodOfSite(workspace), projectFolder, now: systemClock.now(), densities }
      const content = await reportContent(screenName, sources)
      const wantsPng = options['png'] !== false && (hasTextFont() || sayNoFont(io))
      const rasterise = !wantsPng ? {} : { rasterise: (svg: string) => pngFromSvg(svg, { dotsPerInch }) }
      const paths = await saveReport(content, path, { templates: templatesOf(projectFolder), ...rasterise })
      io.stderr.write(`Saved ${relative(io.cwd, path)} and ${paths.length - 1} figure files beside it.\n`)
    } finally {
      await close()
    }
    return 0
  },
}

/** A report without PNG files is still a report. */
function sayNoFont(io: CommandIo): false {
  io.stderr.write('No font was found on this machine: the figures are saved as SVG only. Install DejaVu Sans for PNG.\n')
  return false
}
