import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { preparedVariable } from './prepared-database.ts'

/**
 * Puts an empty embedded database into a project's `.dopant`, so that its first command need not make one (3–5 s).
 *
 * Nothing but what PostgreSQL itself begins with is copied. Tables, and with them the store's own name, are made by whoever opens it
 * first, as in any project: two copies never share queues, jobs' names or folders on a site.
 *
 * @returns the same folder
 */
export function withDatabase(stateFolder: string): string {
  const place = process.env[preparedVariable]
  if (place === undefined) return stateFolder // outside the test runner the project makes its own
  const prepared = join(place, 'db')
  if (!existsSync(prepared)) prepare(place, prepared)
  mkdirSync(stateFolder, { recursive: true, mode: 0o700 })
  cpSync(prepared, join(stateFolder, 'db'), { recursive: true })
  return stateFolder
}

const program = `
  const { PGlite } = await import('@electric-sql/pglite')
  await (await PGlite.create({ dataDir: process.argv[1] })).close()`

/** Whole or not at all; of two that make it at once the first one stays. */
function prepare(place: string, prepared: string): void {
  const mine = mkdtempSync(join(place, 'making-'))
  const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', program, join(mine, 'db')], { encoding: 'utf8' })
  if (status !== 0) throw new Error(`no database could be prepared: ${stderr}`)
  try {
    renameSync(join(mine, 'db'), prepared)
  } catch (error) {
    if (!existsSync(prepared)) throw error
  }
  rmSync(mine, { recursive: true, force: true })
}
