import { KnownError } from '../base/known-error.ts'

/** Copies of small files, named by their own sha256: never changed, never overwritten, the same content once. */
export interface Objects {
  /** @returns the sha256 of the content, hexadecimal */
  put(content: Uint8Array): Promise<string>
  /** Undefined when there is none. @throws ObjectDamagedError when it is not what its name says */
  get(sha256: string): Promise<Uint8Array | undefined>
}

export class ObjectDamagedError extends KnownError {
  readonly code = 'OBJECT_DAMAGED'
  readonly remedy = 'Bring the file back from a copy of the project; `dopant fetch` brings the original while the site has it.'
  override readonly exitCode = 3
  constructor(sha256: string, path: string) {
    super(`The kept file ${path} is damaged: it should have the checksum ${sha256.slice(0, 12)}….`)
  }
}
