import { existsSync } from 'node:fs'
import { access, constants, mkdir } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { KnownError } from '../../base/known-error.ts'

export class ProjectNotWritableError extends KnownError {
  readonly code = 'PROJECT_NOT_WRITABLE'
  readonly remedy = 'Choose a folder that you may write to with --project, or change its permissions.'
  override readonly exitCode = 3
  constructor(folder: string, cause: Error) {
    super(`The project folder ${folder} cannot be written: ${cause.message}`, { cause })
  }
}

export class NoProjectError extends KnownError {
  readonly code = 'NO_PROJECT'
  readonly remedy = 'Go to the folder of your screens, name it with --project, or start with `dopant run SCREEN`.'
  constructor(folder: string) {
    super(`Nothing was run in ${folder} yet.`)
  }
}

/** The folder with `dopant.yaml` or `.dopant` at or above a place; the place itself when there is none. */
export function projectFolderOf(place: string): string {
  let folder = resolve(place)
  for (;;) {
    if (existsSync(join(folder, 'dopant.yaml')) || existsSync(stateFolderOf(folder))) return folder
    if (dirname(folder) === folder) return resolve(place)
    folder = dirname(folder)
  }
}

/** Where a project keeps what `dopant` remembers. */
export function stateFolderOf(projectFolder: string): string {
  return join(projectFolder, '.dopant')
}

/** @throws NoProjectError where nothing was ever run: looking must not leave a folder behind */
export function existingStateFolder(projectFolder: string): string {
  const folder = stateFolderOf(projectFolder)
  if (!existsSync(folder)) throw new NoProjectError(projectFolder)
  return folder
}

/** Makes the project's `.dopant` folder. @throws ProjectNotWritableError */
export async function makeStateFolder(projectFolder: string): Promise<string> {
  const folder = stateFolderOf(projectFolder)
  try {
    await mkdir(folder, { recursive: true })
    await access(folder, constants.W_OK)
    return folder
  } catch (cause) {
    throw new ProjectNotWritableError(projectFolder, cause as Error)
  }
}
