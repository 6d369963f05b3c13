import { existsSync } from 'node:fs'
import { access, constants, mkdir } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { isKnownError, KnownError } from '../../base/known-error.ts'
import { movedStateFolder, placeStateFolder, type PlaceOptions } from './state-folder.ts'
import { stateFolderOf } from './state-paths.ts'

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

export function hasStateFolder(projectFolder: string): boolean {
  return existsSync(movedStateFolder(projectFolder) ?? stateFolderOf(projectFolder))
}

/** @throws NoProjectError where nothing was ever run: looking must not leave a folder behind */
export function existingStateFolder(projectFolder: string): string {
  const folder = movedStateFolder(projectFolder) ?? stateFolderOf(projectFolder)
  if (!existsSync(folder)) throw new NoProjectError(projectFolder)
  return folder
}

/** Makes the folder of the project's database. @throws ProjectNotWritableError, and what `placeStateFolder` throws */
export async function makeStateFolder(projectFolder: string, options: PlaceOptions): Promise<string> {
  try {
    const folder = await placeStateFolder(projectFolder, options)
    await mkdir(folder, { recursive: true, mode: 0o700 })
    await access(folder, constants.W_OK)
    return folder
  } catch (cause) {
    if (isKnownError(cause)) throw cause
    throw new ProjectNotWritableError(projectFolder, cause as Error)
  }
}
