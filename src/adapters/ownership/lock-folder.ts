import { execFile } from 'node:child_process'
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { ExclusiveLock } from './exclusive-lock.ts'

const run = promisify(execFile)
/** A folder without a record for longer than this was left by a process that died between two system calls. */
const unfinishedMs = 10_000

/**
 * The lock for systems without abstract sockets: a folder is made by one process only.
 *
 * It is taken over only when the process named in it is gone or has another start time; age alone breaks nothing.
 */
export async function lockFolder(folder: string): Promise<ExclusiveLock | undefined> {
  const lock = join(folder, 'owner.lock')
  const self = `${process.pid} ${await startTime(process.pid)}`
  for (let round = 0; round < 3; round += 1) {
    if (await make(lock, self)) return { release: () => rm(lock, { recursive: true, force: true }) }
    const holder = await readFile(join(lock, 'holder'), 'utf8').catch(() => undefined)
    if (!(await isDead(lock, holder))) return undefined
    await removeDead(lock, holder)
  }
  return undefined
}

async function make(lock: string, self: string): Promise<boolean> {
  try {
    await mkdir(lock)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
  await writeFile(join(lock, 'holder'), self)
  return true
}

async function isDead(lock: string, holder: string | undefined): Promise<boolean> {
  if (holder === undefined || holder === '') {
    const made = await stat(lock).catch(() => undefined)
    return made !== undefined && Date.now() - made.mtimeMs > unfinishedMs
  }
  const pid = Number.parseInt(holder, 10)
  return `${pid} ${await startTime(pid)}` !== holder
}

/** Two processes may find the same dead lock; the one that moves a living lock aside by mistake puts it back. */
async function removeDead(lock: string, holder: string | undefined): Promise<void> {
  const aside = `${lock}.dead-${process.pid}`
  await rename(lock, aside).catch(() => undefined)
  const moved = await readFile(join(aside, 'holder'), 'utf8').catch(() => undefined)
  if (moved === holder) await rm(aside, { recursive: true, force: true })
  else await rename(aside, lock).catch(() => undefined)
}

async function startTime(pid: number): Promise<string> {
  const { stdout } = await run('ps', ['-o', 'lstart=', '-p', String(pid)]).catch(() => ({ stdout: '' }))
  return stdout.trim().replaceAll(/\s+/g, ' ')
}
