import { KnownError } from '../base/known-error.ts'

/** Copies of small files, named by their own sha256: never changed, never overwritten, the same content once. */
export interface Objects {
  /** @returns the sha256 of the content, hexadecimal. @throws ObjectsUnwritableError */
  put(content: Uint8Array): Promise<string>
  /** Undefined when there is none. @throws ObjectDamagedError when it is not what its name says */
  get(sha256: string): Promise<Uint8Array | undefined>
}

/** Everything that is kept, for clearing up beside those who put. */
export interface ObjectStock {
  list(): Promise<readonly StockedObject[]>
  /** Removes one that nobody has put since; false when somebody has, or when it is gone. */
  remove(sha256: string, before: Date): Promise<boolean>
  /** Ends what a killed process left half done; unfinished files younger than `before` belong to somebody. */
  mend(before: Date): Promise<void>
}

export interface StockedObject {
  readonly sha256: string
  /** On the disk. */
  readonly bytes: number
  /** When it was last put. */
  readonly touchedAt: Date
}

export class ObjectDamagedError extends KnownError {
  readonly code = 'OBJECT_DAMAGED'
  readonly remedy = 'Bring the file back from a copy of the project; `dopant fetch` brings the original while the site has it.'
  override readonly exitCode = 3
  constructor(sha256: string, path: string) {
    super(`The kept file ${path} is damaged: it should have the checksum ${sha256.slice(0, 12)}….`)
  }
}

/** A full disk of ours says nothing about a calculation: what was to be kept is kept when there is room. */
export class ObjectsUnwritableError extends KnownError {
  readonly code = 'OBJECTS_UNWRITABLE'
  readonly remedy = 'Make room on the disk of the project, or give permission to write there; everything goes on by itself.'
  override readonly retryable = true
  override readonly exitCode = 3
  constructor(folder: string, cause: Error) {
    super(`Copies of inputs and outputs cannot be written below ${folder}: ${cause.message}`, { cause })
  }
}
