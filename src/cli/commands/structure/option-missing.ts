import { KnownError } from '../../../base/known-error.ts'

export class OptionMissingError extends KnownError {
  readonly code = 'OPTION_MISSING'
  readonly remedy: string
  constructor(option: string, remedy: string) {
    super(`${option} is not given.`)
    this.remedy = remedy
  }
}
