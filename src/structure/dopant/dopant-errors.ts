import { didYouMean } from '../../base/did-you-mean.ts'
import { KnownError } from '../../base/known-error.ts'
import type { Structure } from '../structure.ts'

export class SiteNotFoundError extends KnownError {
  readonly code = 'SITE_NOT_FOUND'
  readonly remedy: string
  constructor(asked: string | number, structure: Structure) {
    super(`"${structure.comment}" has no site ${asked}.`)
    const labels = structure.sites.map((site, i) => site.label ?? `${i}`)
    const near = didYouMean(String(asked), labels)
    const range = labels.length === 0 ? 'it has no sites' : `${labels[0]} … ${labels.at(-1)}`
    this.remedy =
      near === undefined ? `Use a label or index of the structure (${range}).` : `Did you mean ${near}?`
  }
}

export class DopantElementError extends KnownError {
  readonly code = 'DOPANT_ELEMENT'
  readonly remedy = 'Give the symbol of an element from H to Lr, for instance B.'
  constructor(given: string) {
    super(`"${given}" is not an element.`)
  }
}

export class NoSubstitutionSiteError extends KnownError {
  readonly code = 'NO_SUBSTITUTION_SITE'
  readonly remedy: string
  constructor(asked: string, existing: readonly string[]) {
    super(`The host has no site for a dopant that is ${asked}.`)
    this.remedy =
      existing.length === 0
        ? 'Choose an element that is in the host.'
        : `Choose one of: ${existing.join('; ')}.`
  }
}

export class NoFaceError extends KnownError {
  readonly code = 'NO_COORDINATION_FACE'
  readonly remedy = 'Leave out the off-centre shift for this site, or give a displacement.'
  constructor(site: string, neighbours: number) {
    super(`${site} has ${neighbours} anions around it and no face of three to move to.`)
  }
}

export class TooManyCandidatesError extends KnownError {
  readonly code = 'TOO_MANY_CANDIDATES'
  readonly remedy = 'Ask for fewer dopants, restrict the sites by layer or depth, or raise the limit.'
  constructor(count: number, limit: number) {
    super(`${count} symmetry-distinct arrangements; the limit is ${limit}.`)
  }
}
