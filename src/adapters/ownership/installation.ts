import { createHash, randomUUID } from 'node:crypto'
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { homedir, hostname } from 'node:os'
import { join } from 'node:path'
import type { TenureOwner } from '../../ports/tenures.ts'

type Environment = Readonly<Record<string, string | undefined>>

/**
 * Who drives an embedded store: this user's installation and this folder. Login nodes that share a home are one
 * installation; a copy of the project in another folder or another home is another owner.
 *
 * @param key see `projectKey`
 */
export async function folderOwner(key: string, environment: Environment): Promise<TenureOwner> {
  const installation = await installationId(environment)
  return { id: digest(`${installation}\n${key}`), host: hostname(), isAlone: true }
}

/** Who drives a store on a server: the database itself, whichever machines work with it. */
export function databaseOwner(database: string): TenureOwner {
  return { id: digest(database), host: `a-database-server-used-from-${hostname()}`, isAlone: false }
}

/** A random text that was made when dopant was first used by this user; in `$XDG_STATE_HOME/dopant`. */
async function installationId(environment: Environment): Promise<string> {
  const state = environment['XDG_STATE_HOME']
  const folder = join(state === undefined || state === '' ? join(homedir(), '.local', 'state') : state, 'dopant')
  const file = join(folder, 'installation')
  try {
    await mkdir(folder, { recursive: true })
    const mine = join(folder, `installation.${process.pid}.part`)
    await writeFile(mine, `${randomUUID()}\n`)
    await link(mine, file).catch(() => undefined) // the first one stays
    await rm(mine, { force: true })
    return (await readFile(file, 'utf8')).trim()
  } catch {
    return `host ${hostname()}` // a home that cannot be written
  }
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12)
}
