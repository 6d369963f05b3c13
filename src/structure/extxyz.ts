import { elementData } from '../base/elements-data.ts'
import { KnownError } from '../base/known-error.ts'
import type { Vector3 } from '../base/vector.ts'
import { toFractional, volumeAngstrom3, type Lattice } from './lattice.ts'
import { fortranNumber } from './poscar-lines.ts'
import type { Site, Structure } from './structure.ts'

export class ExtxyzError extends KnownError {
  readonly code = 'EXTXYZ_UNREADABLE'
  readonly remedy: string

  constructor(line: number, problem: string, remedy: string) {
    super(`Extended XYZ line ${line}: ${problem}.`)
    this.remedy = remedy
  }
}

export interface ExtxyzFrame {
  readonly structure: Structure
  /** Everything on the comment line, word for word: `energy`, `pbc`, … */
  readonly info: Readonly<Record<string, string>>
}

/**
 * All frames of an extended XYZ file. Positions are Cartesian in Å; columns `magmoms` and `move_mask` are kept.
 *
 * @throws ExtxyzError for a frame without a lattice, without positions, or cut short
 * @source https://github.com/libAtoms/extxyz
 */
export function readExtxyz(text: string): readonly ExtxyzFrame[] {
  const lines = text.split(/\r\n|\n|\r/)
  const frames: ExtxyzFrame[] = []
  let next = 0
  while (lines.slice(next, next + 1).some((line) => line.trim() !== '')) {
    const atoms = Number(lines[next]?.trim())
    if (!Number.isInteger(atoms) || atoms < 1) {
      throw new ExtxyzError(next + 1, 'expected the number of atoms', `Put the number of atoms on line ${next + 1}.`)
    }
    frames.push(readFrame(lines, next, atoms))
    next += atoms + 2
  }
  if (frames.length === 0) throw new ExtxyzError(1, 'the file is empty', 'Give a file with at least one frame.')
  return frames
}

function readFrame(lines: readonly string[], start: number, atoms: number): ExtxyzFrame {
  const info = readInfo(lines[start + 1] ?? '')
  const lattice = readLattice(info['Lattice'] ?? info['lattice'], start + 2)
  const columns = readColumns(info['Properties'] ?? 'species:S:1:pos:R:3', start + 2)
  const sites = Array.from({ length: atoms }, (_, index) => readSite(lines[start + 2 + index], start + 3 + index, columns, lattice))
  return { structure: { comment: info['name'] ?? info['config_type'] ?? 'extended XYZ', lattice, sites }, info }
}

/** `key=value`, `key="a b"`, `key={a b}` and bare words, which count as true. */
function readInfo(line: string): Readonly<Record<string, string>> {
  const info: Record<string, string> = Object.create(null) as Record<string, string>
  for (const [, key = '', quoted, braced, plain] of line.matchAll(/([^\s=]+)(?:=(?:"([^"]*)"|\{([^}]*)\}|(\S*)))?/g)) {
    info[key] = quoted ?? braced ?? plain ?? 'T'
  }
  return info
}

function readLattice(text: string | undefined, line: number): Lattice {
  const numbers = (text ?? '').replace(/[[\],]/g, ' ').trim().split(/\s+/).map((word) => fortranNumber(word))
  const [ax, ay, az, bx, by, bz, cx, cy, cz] = numbers
  const known = numbers.length === 9 && numbers.every((x) => x !== undefined)
  const lattice: Lattice = [[ax ?? 0, ay ?? 0, az ?? 0], [bx ?? 0, by ?? 0, bz ?? 0], [cx ?? 0, cy ?? 0, cz ?? 0]]
  if (known && volumeAngstrom3(lattice) > 1e-9) return lattice
  const problem = text === undefined ? 'there is no lattice, so this is a molecule' : `the lattice "${text}" is not nine numbers that span a volume`
  throw new ExtxyzError(line, problem, 'Write Lattice="ax ay az bx by bz cx cy cz" on the comment line.')
}

type Columns = ReadonlyMap<string, { readonly first: number; readonly count: number }>

function readColumns(properties: string, line: number): Columns {
  const parts = properties.split(':')
  const columns = new Map<string, { first: number; count: number }>()
  let first = 0
  for (let i = 0; i + 2 < parts.length; i += 3) {
    const count = Number(parts[i + 2])
    columns.set((parts[i] ?? '').toLowerCase(), { first, count })
    first += count
  }
  if (columns.get('pos')?.count === 3 && (columns.has('species') || columns.has('z'))) return columns
  throw new ExtxyzError(line, `Properties="${properties}" has no species and positions`, 'Write Properties=species:S:1:pos:R:3.')
}

function readSite(line: string | undefined, number: number, columns: Columns, lattice: Lattice): Site {
  const words = (line ?? '').trim().split(/\s+/)
  const cells = (name: string) => {
    const column = columns.get(name)
    return column === undefined ? undefined : words.slice(column.first, column.first + column.count)
  }
  const element = (cells('species') ?? [])[0] ?? elementOf(Number((cells('z') ?? [])[0])) ?? ''
  const [x, y, z] = (cells('pos') ?? []).map((word) => fortranNumber(word))
  if (elementData[element] === undefined || x === undefined || y === undefined || z === undefined) {
    throw new ExtxyzError(number, `"${(line ?? 'end of file').trim()}" is not an atom with three coordinates`, `Correct line ${number}.`)
  }
  const cartesian: Vector3 = [x, y, z]
  const moment = fortranNumber((cells('magmoms') ?? cells('initial_magmoms') ?? [])[0])
  const mask = cells('move_mask')?.map((word) => /^[tT1]/.test(word))
  const mobile = mask === undefined ? undefined : ([mask[0] ?? true, mask[1] ?? mask[0] ?? true, mask[2] ?? mask[0] ?? true] as const)
  return {
    element,
    fractional: toFractional(lattice, cartesian),
    ...(moment !== undefined && { magneticMomentMuB: moment }),
    ...(mobile && { mobile }),
  }
}

function elementOf(atomicNumber: number): string | undefined {
  return Object.keys(elementData).find((symbol) => elementData[symbol]?.atomicNumber === atomicNumber)
}
