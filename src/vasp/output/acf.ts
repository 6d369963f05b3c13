import type { Vector3 } from '../../base/vector.ts'
import { BrokenFileError } from './broken-file.ts'
import { isRule, numbersIn } from './fortran-row.ts'

/** Atoms and their electrons as the Bader program of the Henkelman group writes them. */
export interface AcfFile {
  /** POSCAR order. */
  readonly atoms: readonly AcfAtom[]
  /** Electrons below the vacuum cut-off; absent from files of versions before 0.27. */
  readonly vacuumElectrons?: number
  readonly vacuumVolumeAngstrom3?: number
  /** Electrons of the whole cell, as printed in the last line. */
  readonly electronCount: number
  /** The length unit the file was written in; everything above is in Å. */
  readonly unit: AcfUnit
}

export interface AcfAtom {
  readonly cartesianAngstrom: Vector3
  readonly electrons: number
  /** Shortest distance from the atom to the surface of its basin. */
  readonly minDistanceAngstrom?: number
  readonly volumeAngstrom3?: number
}

/** Å when the charge came from a CHGCAR, bohr when it came from a cube file: the file itself does not tell. */
export type AcfUnit = 'angstrom' | 'bohr'

const bohrAngstrom = 0.529177210903

/**
 * Reads `ACF.dat` in every form since 2006: with and without ATOMIC VOL, with and without the vacuum lines, with the
 * old column BADER, with leading blank lines, with numbers that touch.
 *
 * @param options.unit what the charge file used; Å (CHGCAR) unless told
 * @throws BrokenFileError when a row is damaged or missing, or the file ends before NUMBER OF ELECTRONS
 * @source https://theory.cm.utexas.edu/henkelman/code/bader/
 */
export function readAcf(text: string, options: { readonly unit?: AcfUnit } = {}): AcfFile {
  const unit = options.unit ?? 'angstrom'
  const length = unit === 'bohr' ? bohrAngstrom : 1
  const lines = text.split(/\r\n|\r|\n/)
  const { columns, atoms } = readTable(lines, length)
  const electronCount = footer(lines, 'NUMBER OF ELECTRONS')
  if (atoms.length === 0) throw broken(lines, columns.line, 'a row for each atom')
  if (electronCount === undefined)
    throw new BrokenFileError({ kind: 'ACF.dat', line: lines.length, expected: 'NUMBER OF ELECTRONS' })
  const vacuumElectrons = footer(lines, 'VACUUM CHARGE')
  const vacuumVolume = footer(lines, 'VACUUM VOLUME')
  const sum = atoms.reduce((total, atom) => total + atom.electrons, vacuumElectrons ?? 0)
  // The program ends every line; without the last line end the count may have lost digits.
  if (!/[\r\n]$/.test(text) && Math.abs(sum - electronCount) > 0.01 + 1e-3 * Math.abs(sum))
    throw broken(lines, lines.length - 1, 'the whole NUMBER OF ELECTRONS')
  return {
    atoms,
    ...(vacuumElectrons !== undefined && { vacuumElectrons }),
    ...(vacuumVolume !== undefined && { vacuumVolumeAngstrom3: vacuumVolume * length ** 3 }),
    electronCount,
    unit,
  }
}

/** Electrons of all atoms and of the vacuum; equals `electronCount` up to the rounding of the rows. */
export function sumElectrons(acf: AcfFile): number {
  return acf.atoms.reduce((sum, atom) => sum + atom.electrons, acf.vacuumElectrons ?? 0)
}

/** Where to find what in a row; the index of the atom comes first, then x, y, z. */
interface Columns {
  readonly line: number
  readonly count: number
  readonly electrons: number
  readonly minDistance: number | undefined
  readonly volume: number | undefined
}

function readTable(lines: readonly string[], length: number): { columns: Columns; atoms: AcfAtom[] } {
  const columns = readHeader(lines)
  const atoms: AcfAtom[] = []
  for (let i = columns.line; i < lines.length; i++) {
    const line = lines[i] ?? ''
    if (line.trim() === '' || isRule(line)) {
      if (atoms.length > 0) break
      continue
    }
    if (isFooter(line)) break
    atoms.push(readAtom(numbersOf(lines, i, columns, atoms.length + 1), columns, length))
  }
  return { columns, atoms }
}

function readHeader(lines: readonly string[]): Columns {
  const line = lines.findIndex((text) => text.trim() !== '')
  const words = (lines[line] ?? '')
    .toUpperCase()
    .replace(/MIN +DIST/, 'MIN_DIST')
    .replace(/ATOMIC +VOL/, 'ATOMIC_VOL')
    .trim()
    .split(/\s+/)
  const electrons = Math.max(words.indexOf('BADER'), words.indexOf('CHARGE'))
  if (words[0] !== '#' || electrons < 4)
    throw broken(lines, Math.max(line, 0), 'the heading "# X Y Z CHARGE …"')
  const at = (...names: string[]) => names.map((name) => words.indexOf(name)).find((index) => index > 0)
  return {
    line: line + 1,
    count: words.length,
    electrons,
    minDistance: at('MIN_DIST', 'DISTANCE'),
    volume: at('ATOMIC_VOL'),
  }
}

function numbersOf(
  lines: readonly string[],
  index: number,
  columns: Columns,
  ordinal: number,
): readonly number[] {
  const numbers = numbersIn(lines[index] ?? '')
  const complete = numbers.length === columns.count && numbers.every(Number.isFinite)
  if (!complete || numbers[0] !== ordinal)
    throw broken(lines, index, `atom ${ordinal} with ${columns.count} numbers`)
  return numbers
}

function readAtom(numbers: readonly number[], columns: Columns, length: number): AcfAtom {
  const at = (index: number) => numbers[index] ?? NaN
  return {
    cartesianAngstrom: [at(1) * length, at(2) * length, at(3) * length],
    electrons: at(columns.electrons),
    ...(columns.minDistance !== undefined && { minDistanceAngstrom: at(columns.minDistance) * length }),
    ...(columns.volume !== undefined && { volumeAngstrom3: at(columns.volume) * length ** 3 }),
  }
}

function isFooter(line: string): boolean {
  return /^\s*(VACUUM|NUMBER OF)/.test(line)
}

function footer(lines: readonly string[], name: string): number | undefined {
  const index = lines.findLastIndex((line) => line.includes(name))
  if (index < 0) return undefined
  const [value] = numbersIn((lines[index] ?? '').split(name)[1]?.replace(':', ' ') ?? '')
  if (value === undefined || !Number.isFinite(value)) throw broken(lines, index, `a number after ${name}`)
  return value
}

function broken(lines: readonly string[], index: number, expected: string): BrokenFileError {
  const found = lines[index]
  return new BrokenFileError({
    kind: 'ACF.dat',
    line: index + 1,
    expected,
    ...(found !== undefined && { found }),
  })
}
