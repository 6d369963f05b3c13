import { BrokenFileError } from './broken-file.ts'
import { isRule, numbersIn } from './fortran-row.ts'

/** Which maxima of `BCF.dat` belong to which atom. */
export interface AvfFile {
  readonly atoms: readonly AtomVolumes[]
}

export interface AtomVolumes {
  /** Index from 0, in POSCAR order. */
  readonly atomIndex: number
  /** Indices from 0 into the maxima of `BCF.dat`. */
  readonly maximumIndices: readonly number[]
}

/**
 * Reads `AVF.dat`: a heading `Atom … Volume(s)`, a rule, and for each atom its number and those of its maxima, which may
 * go on over several lines.
 *
 * @throws BrokenFileError when something else than whole numbers stands in a row
 */
export function readAvf(text: string): AvfFile {
  const lines = text.split(/\r\n|\r|\n/)
  const heading = lines.findIndex((line) => line.trim() !== '')
  if (!/^\s*#?\s*Atom\b.*Volume/i.test(lines[heading] ?? ''))
    throw broken(lines, Math.max(heading, 0), 'the heading "Atom Volume(s)"')
  const atoms: { atomIndex: number; maximumIndices: number[] }[] = []
  for (let i = heading + 1; i < lines.length; i++) {
    const line = lines[i] ?? ''
    if (line.trim() === '' || isRule(line)) continue
    const numbers = numbersIn(line)
    if (numbers.some((number) => !Number.isInteger(number) || number < 1))
      throw broken(lines, i, 'whole numbers of an atom and its volumes')
    const indices = numbers.map((number) => number - 1)
    if (indices[0] === atoms.length) atoms.push({ atomIndex: indices[0], maximumIndices: indices.slice(1) })
    else if (atoms.length > 0) atoms.at(-1)?.maximumIndices.push(...indices)
    else throw broken(lines, i, 'the volumes of atom 1')
  }
  if (atoms.length === 0) throw broken(lines, lines.length, 'the volumes of atom 1')
  return { atoms }
}

function broken(lines: readonly string[], index: number, expected: string): BrokenFileError {
  const found = lines[index]
  return new BrokenFileError({
    kind: 'AVF.dat',
    line: index + 1,
    expected,
    ...(found !== undefined && { found }),
  })
}
