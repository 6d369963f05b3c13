import { KnownError } from '../../base/known-error.ts'

export class FileMissingError extends KnownError {
  readonly code = 'FILE_MISSING'
  readonly remedy = 'Check the name; relative paths start at the current folder.'
  constructor(path: string, what = 'file') {
    super(`There is no ${what} ${path}.`)
  }
}
