import { readdir, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { FileMissingError } from '../files/file-missing.ts'
import { lintFolder, type FolderFindings } from './lint-folder.ts'
import { NoInputsError } from './lint-errors.ts'

/**
 * Lints every folder with an INCAR in or below the ones named, in order of their names. The name of an INCAR stands for
 * its folder.
 *
 * @throws FileMissingError, NoInputsError
 */
export async function lintFolders(roots: readonly string[]): Promise<readonly FolderFindings[]> {
  const folders: string[] = []
  for (const root of roots) folders.push(...(await inputFolders(root)))
  const found: FolderFindings[] = []
  for (const folder of new Set(folders)) found.push(await lintFolder(folder))
  return found
}

async function inputFolders(root: string): Promise<readonly string[]> {
  const about = await stat(root).catch(() => undefined)
  if (about === undefined) throw new FileMissingError(root, 'folder')
  if (!about.isDirectory()) return [basename(root) === 'INCAR' ? dirname(root) : refuse(root)]
  const folders = await foldersBelow(root, 0)
  return folders.length > 0 ? folders : [refuse(root)]
}

function refuse(root: string): never {
  throw new NoInputsError(root)
}

/** Deep enough for any archive of runs, and an end for links that lead back. */
const deepest = 12

async function foldersBelow(folder: string, depth: number): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true })
  const own = entries.some((entry) => entry.name === 'INCAR' && !entry.isDirectory()) ? [folder] : []
  const names = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.')).map((entry) => entry.name)
  if (depth >= deepest) return own
  const below: string[] = []
  for (const name of names.filter((word) => word !== 'node_modules').sort()) below.push(...(await foldersBelow(join(folder, name), depth + 1)))
  return [...own, ...below]
}
