import { relative, resolve } from 'node:path'
import { lintFolders } from '../../app/lint/lint-folders.ts'
import type { CommandDefinition } from '../command.ts'
import { countFindings, findingsText } from '../print-findings.ts'

export const lintCommand: CommandDefinition = {
  name: 'lint',
  summary: 'find mistakes in VASP inputs',
  arguments: [{ name: '<folders...>', description: 'with INCAR and what belongs to it, or above such folders' }],
  options: [{ flags: '--json', description: 'print the findings as one JSON object' }],
  examples: ['dopant lint run', 'dopant lint --json inputs/*/ > findings.json'],
  run: async (args, options, io) => {
    const folders = await lintFolders(args.map((name) => resolve(io.cwd, name)))
    const counts = countFindings(folders)
    const nameOf = (folder: string): string => relative(io.cwd, folder) || '.'
    if (options['json'] === true) {
      const named = folders.map((each) => ({ ...each, folder: nameOf(each.folder) }))
      io.stdout.write(`${JSON.stringify({ counts, folders: named })}\n`)
    } else {
      io.stdout.write(findingsText(folders, nameOf))
    }
    return counts.error > 0 ? 1 : 0
  },
}
