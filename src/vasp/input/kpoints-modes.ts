import type { Matrix3 } from '../../base/matrix.ts'
import { zeroVector, type Vector3 } from '../../base/vector.ts'
import { checkedMesh } from './k-mesh.ts'
import type { KPoint, Kpoints, KTetrahedra } from './kpoints-forms.ts'
import { KpointsError, numbersThenWords, vectorOf, type KpointsCursor } from './kpoints-lines.ts'

type WithoutComment<T> = T extends unknown ? Omit<T, 'comment'> : never

/** From the third line on; VASP looks at the first letter of the mode line only. */
export function readKpointsBody(cursor: KpointsCursor, counts: readonly number[]): WithoutComment<Kpoints> {
  const mode = cursor
    .take('the mode: Gamma, Monkhorst, Auto, Line, Cartesian or Reciprocal')
    .trim()
    .toUpperCase()
  const count = counts[0] ?? 0
  if (mode.startsWith('L')) return readPath(cursor, counts)
  if (count > 0) return readList(cursor, count, coordinatesOf(mode))
  if (mode.startsWith('A')) return { kind: 'length', lengthAngstrom: takeLength(cursor) }
  if (mode.startsWith('G')) return { kind: 'mesh', centre: 'gamma', ...takeMesh(cursor) }
  if (mode.startsWith('M')) return { kind: 'mesh', centre: 'monkhorst-pack', ...takeMesh(cursor) }
  return { kind: 'generating-vectors', coordinates: coordinatesOf(mode), ...takeGeneratingVectors(cursor) }
}

function coordinatesOf(mode: string): 'reciprocal' | 'cartesian' {
  return /^[CK]/.test(mode) ? 'cartesian' : 'reciprocal'
}

function takeVector(cursor: KpointsCursor, expected: string): Vector3 {
  const line = cursor.take(expected)
  const vector = vectorOf(numbersThenWords(line).numbers)
  if (vector === undefined) throw new KpointsError(cursor.line, expected, line)
  return vector
}

function takeMesh(cursor: KpointsCursor): { mesh: readonly [number, number, number]; shift: Vector3 } {
  const mesh = checkedMesh(takeVector(cursor, 'three numbers of k-points'))
  return { mesh, shift: takeShift(cursor) }
}

function takeShift(cursor: KpointsCursor): Vector3 {
  return vectorOf(numbersThenWords(cursor.takeFilled() ?? '').numbers) ?? zeroVector
}

function takeLength(cursor: KpointsCursor): number {
  const line = cursor.take('a length in Å')
  const [length] = numbersThenWords(line).numbers
  if (length === undefined || length <= 0) throw new KpointsError(cursor.line, 'a positive length in Å', line)
  return length
}

function takeGeneratingVectors(cursor: KpointsCursor): { vectors: Matrix3; shift: Vector3 } {
  const take = (): Vector3 => takeVector(cursor, 'a generating vector (three numbers)')
  const vectors: Matrix3 = [take(), take(), take()]
  return { vectors, shift: takeShift(cursor) }
}

function readList(
  cursor: KpointsCursor,
  count: number,
  coordinates: 'reciprocal' | 'cartesian',
): WithoutComment<Kpoints> {
  const points: KPoint[] = []
  for (let i = 0; i < count; i++) points.push(takePoint(cursor, i, count))
  const tetrahedra = readTetrahedra(cursor)
  return { kind: 'list', coordinates, points, ...(tetrahedra && { tetrahedra }) }
}

function takePoint(cursor: KpointsCursor, index: number, count: number): KPoint {
  const expected = `k-point ${index + 1} of ${count}: three coordinates and a weight`
  const line = cursor.take(expected)
  const { numbers, rest } = numbersThenWords(line)
  const coordinates = vectorOf(numbers)
  if (coordinates === undefined) throw new KpointsError(cursor.line, expected, line)
  const label = rest.replace(/^!\s*/, '')
  return { coordinates, weight: numbers[3] ?? 1, ...(label !== '' && { label }) }
}

function readTetrahedra(cursor: KpointsCursor): KTetrahedra | undefined {
  if (!/^\s*T/i.test(cursor.takeFilled() ?? '')) return undefined
  const header = cursor.take('the number of tetrahedra and their volume')
  const [count, volumeFraction] = numbersThenWords(header).numbers
  if (count === undefined || volumeFraction === undefined) {
    throw new KpointsError(cursor.line, 'the number of tetrahedra and their volume', header)
  }
  const members: KTetrahedra['members'][number][] = []
  while (members.length < count) members.push(takeTetrahedron(cursor))
  return { volumeFraction, members }
}

function takeTetrahedron(cursor: KpointsCursor): KTetrahedra['members'][number] {
  const line = cursor.take('a weight and four k-points')
  const [weight, a, b, c, d] = numbersThenWords(line).numbers
  if (weight === undefined || a === undefined || b === undefined || c === undefined || d === undefined) {
    throw new KpointsError(cursor.line, 'a weight and four k-points', line)
  }
  return { weight, corners: [a, b, c, d] }
}

function readPath(cursor: KpointsCursor, pointsPerSegment: readonly number[]): WithoutComment<Kpoints> {
  const coordinates = coordinatesOf(cursor.take('Cartesian or Reciprocal').trim().toUpperCase())
  const path: { coordinates: Vector3; label?: string }[] = []
  for (let line = cursor.takeFilled(); line !== undefined; line = cursor.takeFilled()) {
    const { numbers, rest } = numbersThenWords(line)
    const point = vectorOf(numbers)
    if (point === undefined) break
    const label = rest.replace(/^!\s*/, '')
    path.push({ coordinates: point, ...(label !== '' && { label }) })
  }
  if (path.length < 2)
    throw new KpointsError(cursor.line, 'at least one segment: two lines of coordinates', 'none')
  return { kind: 'line', coordinates, pointsPerSegment, path }
}
