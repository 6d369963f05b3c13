import { createHash, randomUUID } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { KnownError } from '../../base/known-error.ts'

/** A folder with screens, and everything that `dopant` remembers about them in `.dopant`. */
export interface Project {
  readonly folder: string
  readonly stateFolder: string
  /** Part of every job's name, so that two projects never take each other's jobs for their own. */
  readonly id: string
}

export class ProjectNotWritableError extends KnownError {
  readonly code = 'PROJECT_NOT_WRITABLE'
  readonly remedy = 'Choose a folder that you may write to with --project, or change its permissions.'
  override readonly exitCode = 3
  constructor(folder: string, cause: Error) {
    super(`The project folder ${folder} cannot be written: ${cause.message}`, { cause })
  }
}

/** The folder with `dopant.yaml` at or above a place; the place itself when there is none. */
export function projectFolderOf(place: string): string {
  let folder = resolve(place)
  for (;;) {
    if (existsSync(join(folder, 'dopant.yaml')) || existsSync(join(folder, '.dopant', 'project.json'))) return folder
    if (dirname(folder) === folder) return resolve(place)
    folder = dirname(folder)
  }
}

/** Opens a project for writing, creating `.dopant` the first time. @throws ProjectNotWritableError */
export async function openProject(folder: string): Promise<Project> {
  const stateFolder = join(folder, '.dopant')
  const file = join(stateFolder, 'project.json')
  try {
    await mkdir(stateFolder, { recursive: true })
    if (!existsSync(file)) {
      const temporary = `${file}.${randomUUID()}`
      await writeFile(temporary, JSON.stringify({ id: newProjectId(folder) }))
      await rename(temporary, file)
    }
    return { folder, stateFolder, id: idIn(await readFile(file, 'utf8')) }
  } catch (cause) {
    throw new ProjectNotWritableError(folder, cause as Error)
  }
}

/** The project as it is, without creating anything; undefined when nothing was ever run there. */
export function existingProject(folder: string): Project | undefined {
  const file = join(folder, '.dopant', 'project.json')
  if (!existsSync(file)) return undefined
  return { folder, stateFolder: join(folder, '.dopant'), id: idIn(readFileSync(file, 'utf8')) }
}

function idIn(text: string): string {
  return (JSON.parse(text) as { id: string }).id
}

function newProjectId(folder: string): string {
  return createHash('sha256').update(`${folder}\n${randomUUID()}`).digest('hex').slice(0, 16)
}
