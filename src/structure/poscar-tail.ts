import type { Vector3 } from '../base/vector.ts'
import { takeVector, words, fortranNumber, type LineCursor } from './poscar-lines.ts'

/** Start velocities of a molecular-dynamics run, [ion][xyz]. */
export interface PoscarVelocities {
  /** `cartesian`: Å/fs; `direct`: lattice vectors per time step. */
  readonly mode: 'cartesian' | 'direct'
  readonly values: readonly Vector3[]
}

export interface PoscarTail {
  readonly velocities?: PoscarVelocities
  /** What follows, word for word: lattice velocities, predictor-corrector block, notes. */
  readonly remainder?: string
}

/** Reads what may follow the positions; anything that is not a full velocity block is kept as text. */
export function takeTail(cursor: LineCursor, atoms: number): PoscarTail {
  const start = cursor.next
  skipLatticeVelocities(cursor)
  const latticeBlock = cursor.lines.slice(start, cursor.next).join('\n')
  const velocities = takeVelocities(cursor, atoms)
  const rest = cursor.lines.slice(cursor.next).join('\n')
  const remainder = [latticeBlock, rest].filter((text) => text.trim() !== '').join('\n')
  return { ...(velocities && { velocities }), ...(remainder !== '' && { remainder }) }
}

// VASP 6 writes a title, an integer, three lattice velocities and the three lattice vectors again.
function skipLatticeVelocities(cursor: LineCursor): void {
  if (/^\s*lattice velocities/i.test(cursor.lines[cursor.next] ?? '')) cursor.next += 8
}

function takeVelocities(cursor: LineCursor, atoms: number): PoscarVelocities | undefined {
  const header = cursor.lines[cursor.next]
  if (header === undefined || !/^\s*$|^\s*[cCkKdD]/.test(header)) return undefined
  const block = cursor.lines.slice(cursor.next + 1, cursor.next + 1 + atoms)
  if (block.length < atoms || !block.every(startsWithVector)) return undefined
  cursor.next += 1
  const values = block.map(() => takeVector(cursor, 'a velocity (three numbers)').vector)
  return { mode: /^\s*[dD]/.test(header) ? 'direct' : 'cartesian', values }
}

function startsWithVector(line: string): boolean {
  const first = words(line).slice(0, 3)
  return first.length === 3 && first.every((word) => fortranNumber(word) !== undefined)
}
