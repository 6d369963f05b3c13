import { join, relative, resolve } from 'node:path'
import { siteOf, type EngineParts } from '../../app/engine/engine-parts.ts'
import { fetchFiles, usualFiles } from '../../app/hands/fetch-files.ts'
import { folderOf } from '../../app/hands/no-folder.ts'
import { openBesideOwner } from '../../compose.ts'
import { CalculationUnknownError } from '../../ports/store-errors.ts'
import type { CommandDefinition } from '../command.ts'
import { textOption } from '../option-values.ts'
import { projectOption, workspaceOptions } from '../workspace-options.ts'

export const fetchCommand: CommandDefinition = {
  name: 'fetch',
  summary: 'bring files of a calculation here, verified',
  arguments: [{ name: '<id>', description: 'id of a calculation, as `dopant status` prints it' }],
  options: [
    { flags: '--files <names...>', description: `default: ${usualFiles.join(', ')}` },
    { flags: '--to <folder>', description: 'default: fetched/<id> below the current folder' },
    projectOption,
  ],
  examples: ['dopant fetch li2mno3-010/pristine/static', 'dopant fetch li2mno3-010/pristine/static --files CHGCAR AECCAR0 AECCAR2 --to densities'],
  run: async ([id = ''], options, io) => {
    const { parts, close } = await openBesideOwner(workspaceOptions(options, io))
    try {
      const calculation = await parts.store.calculation(id)
      if (calculation === undefined) throw new CalculationUnknownError(id)
      const named = options['files'] as readonly string[] | undefined
      const to = resolve(io.cwd, textOption(options['to']) ?? join('fetched', ...id.split('/')))
      const { transport } = siteOf(parts as EngineParts, calculation.site)
      const { files, missing } = await fetchFiles(transport, folderOf(calculation), named ?? usualFiles, to)
      for (const { name, bytes } of files) io.stdout.write(`${relative(io.cwd, join(to, name))}  ${bytes} bytes\n`)
      if (named !== undefined && missing.length > 0) io.stderr.write(`Not there: ${missing.join(', ')}\n`)
      return named !== undefined && missing.length > 0 ? 1 : 0
    } finally {
      await close()
    }
  },
}
