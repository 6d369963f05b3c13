import { randomUUID } from 'node:crypto'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { KnownError } from '../../base/known-error.ts'

export class WriteFailedError extends KnownError {
  readonly code = 'WRITE_FAILED'
  readonly remedy = 'Choose a folder that you may write to and that has room.'
  override readonly exitCode = 3
  constructor(path: string, cause: Error) {
    super(`${path} could not be written: ${cause.message}`, { cause })
  }
}

/** All of a file or nothing of it: a temporary name, then a rename. @throws WriteFailedError */
export async function writeFileWhole(path: string, content: string | Uint8Array): Promise<void> {
  const temporary = `${path}.${randomUUID()}.part`
  try {
    await mkdir(dirname(path), { recursive: true })
    await writeFile(temporary, content)
    await rename(temporary, path)
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => undefined)
    throw new WriteFailedError(path, cause as Error)
  }
}
