import { KnownError } from '../../base/known-error.ts'

export class NoInputsError extends KnownError {
  readonly code = 'NO_INPUTS'
  readonly remedy = 'Name a folder with an INCAR, or one above such folders.'
  constructor(folder: string) {
    super(`There is no INCAR in or below ${folder}.`)
  }
}
