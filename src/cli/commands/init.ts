import { relative, resolve } from 'node:path'
import { initProject } from '../../adapters/config/init-project.ts'
import type { CommandDefinition } from '../command.ts'

export const initCommand: CommandDefinition = {
  name: 'init',
  summary: 'make a folder a project: dopant.yaml, screens/ with an example, .gitignore',
  arguments: [{ name: '[folder]', description: 'made when it is missing; default: the current folder' }],
  examples: ['dopant init', 'dopant init my-screens'],
  run: async ([folder = '.'], _, io) => {
    const path = resolve(io.cwd, folder)
    const { made, kept } = await initProject(path)
    for (const file of made) io.stdout.write(`${file}\n`)
    if (kept.length > 0) io.stderr.write(`Left as it was: ${kept.join(', ')}\n`)
    const screen = relative(io.cwd, resolve(path, 'screens/example.yaml'))
    io.stderr.write(`Next: dopant plan ${screen}, then dopant run ${screen}. Sites of your own: dopant site add --help\n`)
    return 0
  },
}
