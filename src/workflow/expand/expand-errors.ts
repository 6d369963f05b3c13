import { KnownError } from '../../base/known-error.ts'

export class NoSuchSiteError extends KnownError {
  readonly code = 'NO_SUCH_SITE'
  readonly remedy: string
  constructor(wanted: string, existing: readonly string[]) {
    super(`The slab has no site for ${wanted}.`)
    this.remedy =
      existing.length === 0
        ? 'Choose an element of the host for `replace`.'
        : `Change the rule in dopants.sites; there are: ${existing.join('; ')}.`
  }
}

export class NoSiteRuleError extends KnownError {
  readonly code = 'NO_SITE_RULE'
  readonly remedy = 'Add dopants.sites, for instance `- { replace: Mn, depth: surface }`, or a preset.'
  constructor() {
    super('The screen names dopants but no site for them.')
  }
}

export class NoSuchCandidateError extends KnownError {
  readonly code = 'NO_SUCH_CANDIDATE'
  readonly remedy: string
  constructor(id: string, known: readonly string[], guess: string | undefined) {
    super(`delithiation names the candidate ${id}, which the screen does not have.`)
    this.remedy = guess === undefined ? `Use one of ${known.join(', ')}.` : `Did you mean ${guess}?`
  }
}

export class SlabMissingError extends KnownError {
  readonly code = 'SLAB_MISSING'
  readonly remedy = 'Add a slab section, for instance `slab: { millerIndex: [0, 1, 0] }`.'
  constructor() {
    super('The screen has no slab section.')
  }
}
