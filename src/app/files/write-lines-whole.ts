import { randomUUID } from 'node:crypto'
import { open, rename, rm } from 'node:fs/promises'
import { isKnownError } from '../../base/known-error.ts'
import { WriteFailedError } from './write-file-whole.ts'

/** Lines into a file that appears when it is whole and on the disk; returns their number. @throws WriteFailedError */
export async function writeLinesWhole(path: string, lines: AsyncIterable<string>): Promise<number> {
  const temporary = `${path}.${randomUUID()}.part`
  let count = 0
  try {
    const file = await open(temporary, 'wx', 0o600)
    try {
      for await (const line of lines) {
        count += 1
        await file.write(`${line}\n`)
      }
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(temporary, path)
    return count
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => undefined)
    throw isKnownError(cause) || (cause as NodeJS.ErrnoException).code === undefined ? cause : new WriteFailedError(path, cause as Error)
  }
}
