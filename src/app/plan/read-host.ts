import { basename } from 'node:path'
import { isKnownError, KnownError } from '../../base/known-error.ts'
import type { Structure } from '../../structure/structure.ts'
import { readStructure, StructureUnreadableError } from '../structure/read-structure.ts'

export class HostUnreadableError extends KnownError {
  readonly code = 'HOST_UNREADABLE'
  readonly remedy: string
  constructor(path: string, cause: KnownError) {
    super(`The host ${path} cannot be used: ${cause.message}`, { cause })
    this.remedy = cause.remedy
  }
}

/**
 * A host crystal from a CIF, POSCAR or extended XYZ file, plain or gzip.
 *
 * @throws FileMissingError, HostUnreadableError
 */
export async function readHost(path: string, block?: string): Promise<Structure> {
  try {
    const { structure } = await readStructure({ name: basename(path), path }, block === undefined ? {} : { block })
    return structure
  } catch (cause) {
    if (cause instanceof StructureUnreadableError && isKnownError(cause.cause)) throw new HostUnreadableError(path, cause.cause)
    throw cause
  }
}
