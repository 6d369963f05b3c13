import { createHash, randomUUID } from 'node:crypto'
import { mkdir, open, readFile, rename, rm, stat, utimes } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import { ObjectDamagedError, ObjectsUnwritableError, type Objects } from '../../ports/objects.ts'

const pack = promisify(gzip)
const unpack = promisify(gunzip)

/**
 * Objects as files `ab/cdef….gz` below a folder. A file appears under its name only when it is whole and on the disk; a temporary
 * one that a crash left behind is never read.
 *
 * @param folder made when the first object comes
 */
export function folderObjects(folder: string): Objects {
  const pathOf = (sha256: string): string => objectPath(folder, sha256)
  return {
    put: async (content) => {
      const sha256 = digest(content)
      const path = pathOf(sha256)
      try {
        if (!(await isTouched(path))) await writeOnce(path, await pack(content))
      } catch (cause) {
        throw new ObjectsUnwritableError(folder, cause as Error)
      }
      return sha256
    },
    get: async (sha256) => {
      if (!/^[0-9a-f]{64}$/.test(sha256)) return undefined
      const packed = await readFile(pathOf(sha256)).catch(undefinedWhenMissing)
      if (packed === undefined) return undefined
      const content = await unpack(packed).catch(() => undefined)
      if (content === undefined || digest(content) !== sha256) throw new ObjectDamagedError(sha256, pathOf(sha256))
      return content
    },
  }
}

function digest(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex')
}

export function objectPath(folder: string, sha256: string): string {
  return join(folder, sha256.slice(0, 2), `${sha256.slice(2)}.gz`)
}

/** Is it there? Then it is young again: whoever clears up must not take what somebody is about to refer to. */
async function isTouched(path: string): Promise<boolean> {
  const found = await stat(path).catch(undefinedWhenMissing)
  if (found === undefined || found.size === 0) return false
  const now = new Date()
  // It may go in this moment; then it is written anew.
  return (await utimes(path, now, now).then(() => true, undefinedWhenMissing)) === true
}

async function writeOnce(path: string, content: Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  const temporary = `${path}.${randomUUID()}.part`
  try {
    const file = await open(temporary, 'wx', 0o644)
    try {
      await file.writeFile(content)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(temporary, path)
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined)
    throw error
  }
}

export function undefinedWhenMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error
  return undefined
}
