import { readFile } from 'node:fs/promises'
import { isKnownError, KnownError } from '../../base/known-error.ts'
import { readCif } from '../../structure/cif/read-cif.ts'
import { readPoscar } from '../../structure/poscar.ts'
import type { Structure } from '../../structure/structure.ts'
import { FileMissingError } from '../files/file-chunks.ts'

export class HostUnreadableError extends KnownError {
  readonly code = 'HOST_UNREADABLE'
  readonly remedy: string
  constructor(path: string, cause: KnownError) {
    super(`The host ${path} cannot be used: ${cause.message}`, { cause })
    this.remedy = cause.remedy
  }
}

/** A host crystal from a CIF or POSCAR file. @throws FileMissingError, HostUnreadableError */
export async function readHost(path: string, block?: string): Promise<Structure> {
  const text = await readText(path)
  try {
    return isCif(path, text) ? readCif(text, block === undefined ? {} : { block }).structure : readPoscar(text).structure
  } catch (cause) {
    if (isKnownError(cause)) throw new HostUnreadableError(path, cause)
    throw cause
  }
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'EISDIR') throw new FileMissingError(path)
    throw cause
  }
}

/** A CIF says so by its name or by its first data block. */
function isCif(path: string, text: string): boolean {
  return path.toLowerCase().endsWith('.cif') || /^\s*data_\S/m.test(text.slice(0, 10_000))
}
