import { norm } from '../../base/vector.ts'
import { reciprocalLattice, type Lattice } from '../../structure/lattice.ts'
import { fixed } from './fortran.ts'

/** Volume, direct and reciprocal lattice as OUTCAR prints them, before the run and at every ionic step. */
export function latticeBlock(lattice: Lattice, volumeAngstrom3: number): string[] {
  const reciprocal = reciprocalLattice(lattice)
  const lengths = [...lattice.map(norm), ...reciprocal.map(norm)]
  return [
    `  volume of cell : ${fixed(volumeAngstrom3, 11, 2)}`,
    '      direct lattice vectors                 reciprocal lattice vectors',
    ...lattice.map((row, i) => nineDecimals([...row, ...reciprocal[i]!])),
    '',
    '  length of vectors',
    nineDecimals(lengths),
    '',
  ]
}

function nineDecimals(numbers: readonly number[]): string {
  return numbers
    .map((x, i) => fixed(x, i === 3 ? 17 : i === 0 ? 16 : 13, 9))
    .join('')
    .replace(/^ {3}/, '')
}
