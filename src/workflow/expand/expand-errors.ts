import { KnownError } from '../../base/known-error.ts'

export class NoSuchSiteError extends KnownError {
  readonly code = 'NO_SUCH_SITE'
  readonly remedy: string
  constructor(wanted: string, existing: readonly string[]) {
    super(`The host has no site for ${wanted}.`)
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
  constructor(part: string, id: string, known: readonly string[], guess: string | undefined) {
    super(`${part} names the candidate ${id}, which the screen does not have.`)
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

export class NoSuchVoidError extends KnownError {
  readonly code = 'NO_SUCH_VOID'
  readonly remedy: string
  constructor(kind: string, existing: readonly string[]) {
    super(`The host has no ${kind} void that fits the rule.`)
    this.remedy =
      existing.length === 0
        ? 'Ask for another kind of void: tetrahedral, octahedral or trigonal.'
        : `Change interstitial or depth in dopants.sites; there are: ${existing.slice(0, 12).join('; ')}.`
  }
}

export class ImpossibleCompensationError extends KnownError {
  readonly code = 'IMPOSSIBLE_COMPENSATION'
  readonly remedy: string
  constructor(candidate: string, balance: number, scheme: string, why: string, instead: string) {
    super(
      `${candidate} has ${balance > 0 ? '+' : ''}${balance} e per face or cell to make up for, which ${scheme} cannot: ${why}.`,
    )
    this.remedy = instead
  }
}

export class TooFewIonsError extends KnownError {
  readonly code = 'TOO_FEW_IONS'
  readonly remedy = 'Use a larger supercell, fewer dopants, or another compensation.'
  constructor(candidate: string, wanted: string, available: number) {
    super(`${candidate} needs ${wanted}, but the host offers ${available} on this face.`)
  }
}

export class NothingToRemoveError extends KnownError {
  readonly code = 'NOTHING_TO_REMOVE'
  readonly remedy =
    'Ask for more planes in delithiation, use a larger surface cell, or leave this candidate out of `of`.'
  constructor(id: string, element: string, planes: number) {
    super(
      `${id} has no ${element} left in the outer ${planes === 1 ? 'plane' : `${planes} planes`} to take out.`,
    )
  }
}
