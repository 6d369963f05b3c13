import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { readdir, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

/** Ends with the process that asked for it: nothing would take what it makes. */
const program = `
import { PGlite } from '@electric-sql/pglite'
process.stdin.on('close', () => process.exit(1)).resume()
const engine = await PGlite.create({ dataDir: process.argv[1] })
await engine.close()
process.exit(0)
`

/**
 * Makes an empty embedded database, in a process of its own: making one takes 0.9 GB for some seconds and leaves half of it with the
 * process that does it, where opening one takes 0.35 GB.
 *
 * The folder appears when it is whole; what a process left that died at it is removed the next time, or the time after if something
 * still writes there.
 */
export async function createDatabaseFolder(folder: string): Promise<void> {
  const start = `${basename(folder)}.new-`
  const left = (await readdir(dirname(folder))).filter((name) => name.startsWith(start))
  await Promise.all(left.map((name) => rm(join(dirname(folder), name), { recursive: true, force: true }).catch(() => undefined)))
  const fresh = join(dirname(folder), `${start}${randomBytes(4).toString('hex')}`)
  // Packages are looked for from the folder of this file.
  const cwd = dirname(fileURLToPath(import.meta.url))
  await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program, fresh], { cwd })
  await rename(fresh, folder)
}
