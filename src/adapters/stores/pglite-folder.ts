import { readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseFolderVersionError } from './database-errors.ts'

/** Major version of PostgreSQL inside the embedded engine; a test compares it with the engine itself. */
export const embeddedPostgresMajor = 18
export const embeddedEngine = '@electric-sql/pglite 0.5.16'

/**
 * Makes the folder fit to be opened, and says where it is.
 *
 * A folder whose creation did not end holds nothing that was ever acknowledged, and is made anew.
 *
 * @throws DatabaseFolderVersionError when another major version wrote it
 */
export async function prepareDatabaseFolder(projectFolder: string): Promise<{ readonly folder: string; readonly isNew: boolean }> {
  const folder = databaseFolder(projectFolder)
  if (await exists(creationMark(projectFolder))) await rm(folder, { recursive: true, force: true })
  const major = await readFile(join(folder, 'PG_VERSION'), 'utf8').catch(() => undefined)
  if (major === undefined) {
    await rm(folder, { recursive: true, force: true })
    await writeFile(creationMark(projectFolder), '')
  } else if (major.trim() !== String(embeddedPostgresMajor)) {
    throw new DatabaseFolderVersionError(
      folder,
      major.trim(),
      embeddedPostgresMajor,
      await writtenBy(projectFolder),
    )
  }
  return { folder, isNew: major === undefined }
}

/** Says that the folder is whole, and by which engine it was last opened. */
export async function markWhole(projectFolder: string): Promise<void> {
  const record = { engine: embeddedEngine, postgresMajor: embeddedPostgresMajor }
  await writeFile(join(projectFolder, 'database.json'), `${JSON.stringify(record, null, 2)}\n`)
  await rm(creationMark(projectFolder), { force: true })
}

async function writtenBy(projectFolder: string): Promise<string | undefined> {
  const text = await readFile(join(projectFolder, 'database.json'), 'utf8').catch(() => '')
  return /"engine": "@electric-sql\/pglite ([\d.]+)"/.exec(text)?.[1]
}

function databaseFolder(projectFolder: string): string {
  return join(projectFolder, 'db')
}

function creationMark(projectFolder: string): string {
  return join(projectFolder, 'db.creating')
}

async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined)) !== undefined
}
