import { KnownError } from '../base/known-error.ts'

type Shape = readonly [number, number, number]

/** Two grids that have to lie on top of each other do not. */
export class GridMismatchError extends KnownError {
  readonly code = 'BADER_GRID_MISMATCH'
  readonly remedy = 'Use CHGCAR, AECCAR0 and AECCAR2 of one and the same calculation.'
  constructor(first: { name: string; shape: Shape }, second: { name: string; shape: Shape }) {
    super(
      `The ${first.name} grid has ${first.shape.join('×')} points, the ${second.name} grid ${second.shape.join('×')}.`,
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
