import { KnownError } from '../../base/known-error.ts'

export class NoRunError extends KnownError {
  readonly code = 'IMPORT_NO_RUN'
  readonly remedy = 'Name a folder with an OUTCAR or OUTCAR.gz, or one whose sub-folders have them.'
  constructor(folder: string) {
    super(`${folder} holds no run of VASP.`)
  }
}

/** Which element is the dopant cannot be told from the compositions. */
export class DopantUnclearError extends KnownError {
  readonly code = 'IMPORT_DOPANT'
  readonly remedy: string
  constructor(candidate: string, elements: readonly string[], remedy = 'Say which it is with --dopant, importing this folder in a call of its own.') {
    super(elements.length === 0 ? `${candidate} does not hold the dopant.` : `${candidate} has more than one element that the host lacks: ${elements.join(', ')}.`)
    this.remedy = remedy
  }
}

/** The name of a member is taken by something else. */
export class LabelTakenError extends KnownError {
  readonly code = 'IMPORT_LABEL'
  readonly remedy = 'Import the folder in a call of its own and name it with --label.'
  constructor(label: string, by: string) {
    super(`The name ${label} is taken: ${by}.`)
  }
}
