import { copyFile, constants, mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { packageFolder } from './package-folder.ts'
import { ProjectNotWritableError } from './project.ts'

export interface InitialisedProject {
  /** Absolute paths. */
  readonly made: readonly string[]
  /** Were there before and were not touched. */
  readonly kept: readonly string[]
}

const exampleScreen = 'examples/li2mno3-010/screen-quick.yaml'

const projectText = `# This folder is a dopant project: what belongs to it is found from here, and .dopant keeps what was run.
# Sites are described in your own configuration folder (\`dopant site add\`), because a project is shared and a site is yours.
`

/**
 * Makes a folder a project with an example that runs on any machine. Nothing that is there is changed.
 *
 * @throws ProjectNotWritableError
 */
export async function initProject(folder: string): Promise<InitialisedProject> {
  const screen = await readFile(join(packageFolder(), exampleScreen), 'utf8')
  const work: readonly (readonly [string, (path: string) => Promise<void>])[] = [
    ['dopant.yaml', text(projectText)],
    ['.gitignore', text('.dopant/\n')],
    ['screens/example.yaml', text(screen.replace('../../structures/', '../structures/'))],
    ['structures/li2mno3.cif', (path) => copyFile(join(packageFolder(), 'structures/li2mno3.cif'), path, constants.COPYFILE_EXCL)],
  ]
  const [made, kept]: [string[], string[]] = [[], []]
  for (const [name, make] of work) {
    const path = join(folder, name)
    const list = (await isMade(folder, path, make)) ? made : kept
    list.push(path)
  }
  return { made, kept }
}

function text(content: string): (path: string) => Promise<void> {
  return (path) => writeFile(path, content, { flag: 'wx' })
}

async function isMade(folder: string, path: string, make: (path: string) => Promise<void>): Promise<boolean> {
  try {
    await mkdir(dirname(path), { recursive: true })
    await make(path)
    return true
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw new ProjectNotWritableError(folder, cause as Error)
  }
}
