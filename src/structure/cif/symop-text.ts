import type { Matrix3 } from '../../base/matrix.ts'
import type { Vector3 } from '../../base/vector.ts'
import type { SymmetryOperation } from '../symmetry.ts'

/** `x,y+1/2,-z`, `1/2-X, Y, Z+0.25`, `+x-y,x,z`; undefined for anything else. */
export function readSymop(text: string): SymmetryOperation | undefined {
  if (text.length > 200) return undefined
  const parts = text.replace(/['"\s]/g, '').toLowerCase().split(',')
  const rows = parts.slice(0, 3).map(readRow)
  const [a, b, c] = rows
  if (parts.length !== 3 || a === undefined || b === undefined || c === undefined) return undefined
  const rotation: Matrix3 = [a.row, b.row, c.row]
  return { rotation, translation: [a.shift, b.shift, c.shift] }
}

function readRow(text: string): { row: Vector3; shift: number } | undefined {
  const row: [number, number, number] = [0, 0, 0]
  let shift = 0
  let rest = text
  while (rest !== '') {
    const term = /^([+-]?)(?:(\d+)\/(\d+)|(\d*\.?\d+|\d+\.))?\*?([xyz]?)/.exec(rest)
    const sign = term?.[1] === '-' ? -1 : 1
    const size = magnitude(term?.[2], term?.[3], term?.[4])
    const axis = 'xyz'.indexOf(term?.[5] || '?')
    if (term === null || term[0] === '' || (size === undefined && axis < 0)) return undefined
    if (axis >= 0) row[axis as 0 | 1 | 2] += sign * (size ?? 1)
    else shift += sign * (size ?? 0)
    rest = rest.slice(term[0].length)
  }
  return { row, shift: exactShift(shift) }
}

function magnitude(over?: string, under?: string, decimal?: string): number | undefined {
  if (over !== undefined && under !== undefined) return Number(over) / Number(under)
  return decimal === undefined ? undefined : Number(decimal)
}

// Translations of space groups are multiples of 1/24 at most; 0.3333 and 0.66667 stand for thirds.
function exactShift(shift: number): number {
  const rounded = Math.round(shift * 24) / 24
  return Math.abs(rounded - shift) < 2e-3 ? rounded : shift
}
