import { KnownError } from '../../base/known-error.ts'
import { didYouMean } from '../../base/did-you-mean.ts'

export class MillerIndexError extends KnownError {
  readonly code = 'MILLER_INDEX'
  readonly remedy = 'Give three whole numbers that are not all zero, for instance [0, 1, 0].'
  constructor(given: readonly number[]) {
    super(`(${given.join(' ')}) is not a surface.`)
  }
}

export class NoSuchTerminationError extends KnownError {
  readonly code = 'NO_SUCH_TERMINATION'
  readonly remedy: string
  constructor(
    asked: string,
    millerIndex: readonly number[],
    existing: readonly { name: string; summary: string }[],
  ) {
    super(`The (${millerIndex.join(' ')}) surface has no termination ${asked}.`)
    const near = didYouMean(
      asked,
      existing.map((termination) => termination.name),
    )
    const list = existing.map((termination) => `${termination.name} (${termination.summary})`).join(', ')
    this.remedy = `${near === undefined ? 'Choose' : `Did you mean ${near}? Choose`} one of: ${list}.`
  }
}

export class EmptySlabError extends KnownError {
  readonly code = 'EMPTY_SLAB'
  readonly remedy = 'Ask for at least one repeat of a host that has atoms.'
  constructor(why: string) {
    super(`The slab would have no atoms: ${why}.`)
  }
}

export class VacuumError extends KnownError {
  readonly code = 'IMPOSSIBLE_VACUUM'
  readonly remedy = 'Give a vacuum between 1 and 200 Å; 15 Å is usual.'
  constructor(given: number) {
    super(`A vacuum of ${given} Å cannot be built.`)
  }
}

export class OverlappingAtomsError extends KnownError {
  readonly code = 'OVERLAPPING_ATOMS'
  readonly remedy =
    'Remove duplicate sites from the host, or resolve its partial occupancies, before a slab is cut.'
  constructor(pairs: readonly string[]) {
    super(
      `The host has atoms on top of each other: ${pairs.slice(0, 5).join(', ')}${pairs.length > 5 ? ' …' : ''}.`,
    )
  }
}

export class SlabGeometryError extends KnownError {
  readonly code = 'SLAB_GEOMETRY'
  readonly remedy = 'Build the slab with buildSlab, or turn the cell until c is perpendicular to a and b.'
  constructor(why: string) {
    super(`This is not a slab: ${why}.`)
  }
}

export class InPlaneCellError extends KnownError {
  readonly code = 'IN_PLANE_CELL'
  readonly remedy: string
  constructor(why: string, remedy = 'Give two positive whole repeats, for instance [2, 2].') {
    super(`The surface cell cannot be made: ${why}.`)
    this.remedy = remedy
  }
}
