import { KnownError } from '../../base/known-error.ts'

/** Inputs that VASP would stop at. `box` is what it says on standard output. */
export class InputRefusedError extends KnownError {
  readonly code = 'REHEARSAL_INPUT_REFUSED'
  readonly remedy: string
  readonly box: readonly string[]

  constructor(message: string, remedy: string) {
    super(message)
    this.remedy = remedy
    this.box = [message, remedy]
  }
}
