import { didYouMean } from '../../base/did-you-mean.ts'
import { KnownError } from '../../base/known-error.ts'
import { cationData } from './parameters-data.ts'

/** The rehearsal model has no parameters for an element. */
export class NoModelParametersError extends KnownError {
  readonly code = 'REHEARSAL_ELEMENT_UNKNOWN'
  readonly remedy: string

  constructor(element: string) {
    super(`The rehearsal model has no bond-valence parameters for ${element}.`)
    const known = Object.keys(cationData)
    const guess = didYouMean(element, known)
    this.remedy = `Use oxygen with ${known.join(', ')}${guess ? ` (${guess}?)` : ''}, or run this cell with VASP itself.`
  }
}

/** Every term of the model binds cations to oxygen. */
export class NotAnOxideError extends KnownError {
  readonly code = 'REHEARSAL_NOT_AN_OXIDE'
  readonly remedy = 'Rehearse with an oxide, or run this cell with VASP itself.'

  constructor() {
    super('The rehearsal model knows oxides only: this cell has no oxygen or no cation.')
  }
}
