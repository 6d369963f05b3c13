import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { mkdir, realpath, rename, writeFile } from 'node:fs/promises'
import { homedir, hostname } from 'node:os'
import { basename, join } from 'node:path'
import { z } from 'zod'
import { KnownError } from '../../base/known-error.ts'
import { stateFolderOf } from './state-paths.ts'
import { fileSystemOf, sharedFileSystem, type FileSystem } from './file-system.ts'

/** The embedded database would lie on a file system that other machines write too. */
export class StateFolderSharedError extends KnownError {
  readonly code = 'STATE_FOLDER_SHARED'
  readonly remedy: string
  override readonly exitCode = 3
  constructor(folder: string, fileSystem: string, moveTo?: string) {
    super(`The embedded database cannot be kept in ${folder}: ${fileSystem} is shared with other machines.`)
    const move = `Move ${folder}/db and ${folder}/database.json into ${moveTo ?? ''} on the machine where you work`
    const choose = 'Set DOPANT_STATE_FOLDER to a folder on a disk of this machine'
    this.remedy = `${moveTo === undefined ? choose : move}, or set DATABASE_URL to a PostgreSQL server.`
  }
}

/** The project is shared, and its state lies on a disk of another machine. */
export class StateFolderElsewhereError extends KnownError {
  readonly code = 'STATE_FOLDER_ELSEWHERE'
  readonly remedy: string
  override readonly exitCode = 3
  constructor(pointer: string, host: string, folder: string) {
    super(`The state of this project is on ${host}, in ${folder}.`)
    this.remedy = `Run the command on ${host}; when that folder is lost for good, remove ${pointer} and start anew.`
  }
}

export interface PlaceOptions {
  readonly environment: NodeJS.ProcessEnv
  readonly say?: (line: string) => void
  /** Asked of folders; a test may answer. */
  readonly fileSystem?: (folder: string) => Promise<FileSystem>
}

const pointerRecord = z.object({ folder: z.string().startsWith('/'), host: z.string() })

/**
 * Where the embedded database of a project lies, if that was moved out of the project.
 *
 * @throws StateFolderElsewhereError
 */
export function movedStateFolder(projectFolder: string): string | undefined {
  const pointer = pointerFile(projectFolder)
  if (!existsSync(pointer)) return undefined
  const { folder, host } = pointerRecord.parse(JSON.parse(readFileSync(pointer, 'utf8')))
  // A host may change its name; a folder that is there is the one that is meant.
  if (host !== hostname() && !existsSync(folder)) throw new StateFolderElsewhereError(pointer, host, folder)
  return folder
}

/**
 * Decides where the embedded database of a project lies, and remembers it in the project when it is not there.
 *
 * The project's own `.dopant`, unless that is on a shared file system or DOPANT_STATE_FOLDER names another place; then below
 * that, or below the user's state folder (`$XDG_STATE_HOME`, usually `~/.local/state`) when that is on a disk of this machine.
 *
 * @throws StateFolderSharedError, StateFolderElsewhereError
 */
export async function placeStateFolder(projectFolder: string, options: PlaceOptions): Promise<string> {
  const own = stateFolderOf(projectFolder)
  const moved = movedStateFolder(projectFolder)
  if (moved !== undefined) return moved
  // A server holds the truth, and locks are its own.
  if ((options.environment['DATABASE_URL'] ?? '') !== '') return own
  const ownProblem = await sharedBy(own, options)
  const chosen = options.environment['DOPANT_STATE_FOLDER'] ?? ''
  const hasData = existsSync(join(own, 'db'))
  // What was begun in the project stays there: another folder would look as if nothing had ever run.
  if (ownProblem === undefined && (chosen === '' || hasData)) return own
  const base = chosen === '' ? join(stateHome(options.environment), 'dopant') : chosen
  const problem = await sharedBy(base, options)
  if (problem !== undefined) throw new StateFolderSharedError(base, problem)
  const folder = join(base, await nameOf(projectFolder))
  if (hasData) throw new StateFolderSharedError(own, ownProblem ?? '', folder)
  await point(projectFolder, folder)
  options.say?.(`The state of this project is kept in ${folder}${ownProblem === undefined ? '' : `, because the project is on ${ownProblem}`}.`)
  return folder
}

async function sharedBy(folder: string, { fileSystem = fileSystemOf }: PlaceOptions): Promise<string | undefined> {
  return sharedFileSystem(await fileSystem(folder))
}

function stateHome(environment: NodeJS.ProcessEnv): string {
  const given = environment['XDG_STATE_HOME'] ?? ''
  return given === '' ? join(homedir(), '.local', 'state') : given
}

/** Readable, and different for two projects of one name. */
async function nameOf(projectFolder: string): Promise<string> {
  const path = await realpath(projectFolder).catch(() => projectFolder)
  const digest = createHash('sha256').update(path).digest('hex').slice(0, 12)
  return `${basename(path).replaceAll(/[^\w.-]/g, '-')}-${digest}`
}

async function point(projectFolder: string, folder: string): Promise<void> {
  await mkdir(stateFolderOf(projectFolder), { recursive: true })
  const file = pointerFile(projectFolder)
  const part = `${file}.${process.pid}.part`
  await writeFile(part, `${JSON.stringify({ folder, host: hostname() }, null, 2)}\n`)
  await rename(part, file)
}

function pointerFile(projectFolder: string): string {
  return join(stateFolderOf(projectFolder), 'state-folder.json')
}
