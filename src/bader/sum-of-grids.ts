import type { DensityGrid } from '../structure/density-grid.ts'
import { EmptyDensityError, GridMismatchError } from './errors.ts'

/**
 * Point-by-point sum, for instance AECCAR0 + AECCAR2, rounded to 12 digits.
 *
 * The files carry 11 digits. Rounding takes away what addition adds behind them, so that points that are equal by
 * symmetry stay equal and a border plane falls to the same side in every run, program and machine.
 *
 * @throws GridMismatchError when the shapes differ
 */
export function sumOfGrids(grids: readonly DensityGrid[]): DensityGrid {
  const [first, ...rest] = grids
  if (first === undefined) throw new EmptyDensityError('no grid was given to add up')
  const values = first.values.slice()
  for (const grid of rest) {
    if (grid.shape.some((points, axis) => points !== first.shape[axis])) {
      throw new GridMismatchError({ name: 'the first file', shape: first.shape }, { name: 'the next', shape: grid.shape })
    }
    for (let index = 0; index < values.length; index++) values[index]! += grid.values[index]!
  }
  if (rest.length > 0)
    for (let index = 0; index < values.length; index++) values[index] = toTwelveDigits(values[index]!)
  return { ...first, values }
}

/** Exact for decimals down to 1e-10: a whole number below 2^53 over an exact power of ten rounds once. */
function toTwelveDigits(value: number): number {
  const decimals = 11 - Math.floor(Math.log10(Math.abs(value)))
  if (!(decimals >= 0 && decimals <= 22)) return value
  const power = powersOfTen[decimals]!
  return Math.round(value * power) / power
}

const powersOfTen = Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`))
