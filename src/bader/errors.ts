import { KnownError } from '../base/known-error.ts'

export interface NamedShape {
  /** Of the file, or what the grid is for. */
  readonly name: string
  readonly shape: readonly [number, number, number]
}

/** Two grids that have to lie on top of each other do not. */
export class GridMismatchError extends KnownError {
  readonly code = 'BADER_GRID_MISMATCH'
  readonly remedy = 'Use CHGCAR, AECCAR0 and AECCAR2 of one and the same calculation.'
  constructor(first: NamedShape, second: NamedShape) {
    super(
      `The grid of ${first.name} has ${first.shape.join('×')} points, that of ${second.name} ${second.shape.join('×')}.`,
    )
  }
}

/** Nothing to partition: no atom, no point, or vacuum everywhere. */
export class EmptyDensityError extends KnownError {
  readonly code = 'BADER_EMPTY_DENSITY'
  readonly remedy = 'Check that the reference file is a charge density in e, or lower the vacuum density.'
  constructor(reason: string) {
    super(`There is no charge to partition: ${reason}.`)
  }
}
