import type { Vector3 } from '../../base/vector.ts'
import { BrokenFileError } from './broken-file.ts'
import { isRule, numbersIn } from './fortran-row.ts'

/** Every maximum of the charge with the electrons of its basin, as the Bader program writes it. */
export interface BcfFile {
  readonly maxima: readonly BaderMaximum[]
}

export interface BaderMaximum {
  readonly cartesianAngstrom: Vector3
  readonly electrons: number
  /** Index from 0, in POSCAR order, of the nearest atom, to which the basin is counted. */
  readonly atomIndex: number
  readonly distanceAngstrom: number
}

/**
 * Reads `BCF.dat`. Lengths are Å when the charge came from a CHGCAR.
 *
 * @throws BrokenFileError when a row is damaged or the closing rule is missing
 * @source https://theory.cm.utexas.edu/henkelman/code/bader/
 */
export function readBcf(text: string): BcfFile {
  const lines = text.split(/\r\n|\r|\n/)
  const heading = lines.findIndex((line) => line.trim() !== '')
  if (!/^\s*#.*CHARGE\s+ATOM\s+DISTANCE/i.test(lines[heading] ?? ''))
    throw broken(lines, Math.max(heading, 0), 'the heading "# X Y Z CHARGE ATOM DISTANCE"')
  const maxima: BaderMaximum[] = []
  for (let i = heading + 1; i < lines.length; i++) {
    const line = lines[i] ?? ''
    if (isRule(line) && maxima.length > 0) return { maxima }
    if (line.trim() !== '' && !isRule(line)) maxima.push(readMaximum(lines, i, maxima.length + 1))
  }
  throw new BrokenFileError({
    kind: 'BCF.dat',
    line: lines.length,
    expected: 'a line of dashes after the last maximum',
  })
}

function readMaximum(lines: readonly string[], index: number, ordinal: number): BaderMaximum {
  const numbers = numbersIn(lines[index] ?? '')
  const [number, x, y, z, electrons, atom, distance] = numbers
  const complete = numbers.length === 7 && numbers.every(Number.isFinite) && number === ordinal
  if (!complete || !Number.isInteger(atom)) throw broken(lines, index, `maximum ${ordinal} with 7 numbers`)
  return {
    cartesianAngstrom: [x ?? NaN, y ?? NaN, z ?? NaN],
    electrons: electrons ?? NaN,
    atomIndex: (atom ?? NaN) - 1,
    distanceAngstrom: distance ?? NaN,
  }
}

function broken(lines: readonly string[], index: number, expected: string): BrokenFileError {
  const found = lines[index]
  return new BrokenFileError({
    kind: 'BCF.dat',
    line: index + 1,
    expected,
    ...(found !== undefined && { found }),
  })
}
