import { realpath } from 'node:fs/promises'
import { resolve, sep } from 'node:path'
import { FileMissingError } from '../../app/files/file-missing.ts'
import { KnownError } from '../../base/known-error.ts'

export class PathRefusedError extends KnownError {
  readonly code = 'PATH_REFUSED'
  readonly remedy = 'Name a file of the project, or start `dopant mcp` with --allow-path and the folder.'
  constructor(path: string) {
    super(`${path} lies in none of the folders that may be read.`)
  }
}

/**
 * The real path of a file that an assistant named: links are followed first, so that none leads out.
 *
 * @param path absolute, or from the project's folder
 * @throws PathRefusedError also for what does not exist outside: nothing is told of other folders
 * @throws FileMissingError
 */
export async function allowedPath(path: string, projectFolder: string, allowedFolders: readonly string[]): Promise<string> {
  const named = resolve(projectFolder, path)
  const real = await realpath(named).catch(() => undefined)
  const isInside = (each: string): boolean => allowedFolders.some((folder) => each === folder || each.startsWith(folder.endsWith(sep) ? folder : `${folder}${sep}`))
  if (real === undefined) {
    if (isInside(named)) throw new FileMissingError(path, 'file')
    throw new PathRefusedError(path)
  }
  if (!isInside(real)) throw new PathRefusedError(path)
  return real
}
