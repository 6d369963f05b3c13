import { add, cross, dot, norm, scale, subtract, type Vector3 } from '../base/vector.ts'
import { KnownError } from '../base/known-error.ts'
import type { DensityGrid } from '../structure/density-grid.ts'
import { toCartesian, toFractional, volumeAngstrom3, wrapDifference } from '../structure/lattice.ts'
import type { Structure } from '../structure/structure.ts'

/** A square of a plane in the crystal: the point at (s, t) Å is centre + s u + t v. */
export interface PlaneFrame {
  readonly centre: Vector3
  /** Unit vectors at right angles. */
  readonly u: Vector3
  readonly v: Vector3
  readonly widthAngstrom: number
}

/** Values on a frame: [row][column] flat, rows from −width/2 along v, columns from −width/2 along u. */
export interface PlaneValues {
  readonly frame: PlaneFrame
  /** Points along each side. */
  readonly points: number
  readonly values: Float64Array
}

export interface AtomInPlane {
  readonly index: number
  readonly element: string
  /** Along u and v from the centre, Å. */
  readonly place: readonly [number, number]
  readonly heightAngstrom: number
}

export class PlaneUndefinedError extends KnownError {
  readonly code = 'PLANE_UNDEFINED'
  readonly remedy = 'Choose three atoms that do not lie on one line.'
  constructor() {
    super('The three atoms lie on one line, so that they define no plane.')
  }
}

/** Two grids whose values may not be subtracted point by point. */
export class GridsDifferError extends KnownError {
  readonly code = 'GRIDS_DIFFER'
  readonly remedy = 'Run both with the same cell and the same NGXF, NGYF and NGZF.'
  constructor(what: string) {
    super(`The densities differ in their ${what}: their difference would be one of grids, not of electrons.`)
  }
}

/**
 * The plane through three atoms, in the images nearest to the first, which is its centre; u points to the second.
 *
 * @param atoms  0-based
 * @throws PlaneUndefinedError
 */
export function planeThrough(structure: Structure, atoms: readonly [number, number, number], widthAngstrom: number): PlaneFrame {
  const [first, second, third] = atoms.map((index) => structure.sites[index]!.fractional) as [Vector3, Vector3, Vector3]
  const towards = (other: Vector3): Vector3 => toCartesian(structure.lattice, wrapDifference(subtract(other, first)))
  const [one, other] = [towards(second), towards(third)]
  const normal = cross(one, other)
  if (norm(normal) < 1e-3 * norm(one) * norm(other) || norm(one) === 0) throw new PlaneUndefinedError()
  const u = scale(one, 1 / norm(one))
  const v = cross(scale(normal, 1 / norm(normal)), u)
  return { centre: toCartesian(structure.lattice, first), u, v, widthAngstrom }
}

/** What a grid file says before its values. */
export type GridHeader = Pick<DensityGrid, 'structure' | 'shape'>

/**
 * Density on the plane in e/Å³: CHGCAR holds ρ times the volume of the cell. Trilinear between grid points, periodic.
 *
 * @source https://www.vasp.at/wiki/index.php/CHGCAR
 */
export function densityOnPlane(grid: DensityGrid, frame: PlaneFrame, points: number): PlaneValues {
  return sampled(grid, (index) => grid.values[index] ?? 0, frame, points)
}

/** The grid points that `densityOnPlane` looks at, as indices into the values, ascending: some ten thousand of millions. */
export function pointsOfPlane(header: GridHeader, frame: PlaneFrame, points: number): Uint32Array {
  const met = new Set<number>()
  sampled(header, (index) => (met.add(index), 0), frame, points)
  return Uint32Array.from(met).sort()
}

/** `densityOnPlane` from the values at those points alone. @param values in the order of `indices` */
export function densityFromPoints(header: GridHeader, indices: Uint32Array, values: ArrayLike<number>, frame: PlaneFrame, points: number): PlaneValues {
  const places = new Map(Array.from(indices, (index, n) => [index, n]))
  return sampled(header, (index) => values[places.get(index) ?? -1] ?? Number.NaN, frame, points)
}

type ValueAt = (index: number) => number

function sampled({ structure, shape }: GridHeader, valueAt: ValueAt, frame: PlaneFrame, points: number): PlaneValues {
  const { lattice } = structure
  const perVolume = 1 / volumeAngstrom3(lattice)
  const step = frame.widthAngstrom / (points - 1)
  const values = new Float64Array(points * points)
  for (let row = 0; row < points; row++)
    for (let column = 0; column < points; column++) {
      const [s, t] = [column * step - frame.widthAngstrom / 2, row * step - frame.widthAngstrom / 2]
      const place = add(frame.centre, add(scale(frame.u, s), scale(frame.v, t)))
      values[row * points + column] = interpolated(shape, valueAt, toFractional(lattice, place)) * perVolume
    }
  return { frame, points, values }
}

/** Planes of two grids of one shape and one cell, one minus other. @throws GridsDifferError */
export function planeDifference(one: PlaneValues & GridHeader, other: PlaneValues & GridHeader): PlaneValues {
  if (one.shape.some((n, axis) => n !== other.shape[axis])) throw new GridsDifferError('number of points')
  const cells = [one, other].map(({ structure }) => structure.lattice.flat())
  if (cells[0]!.some((value, n) => Math.abs(value - (cells[1]![n] ?? 0)) > 1e-4)) throw new GridsDifferError('cell')
  return { frame: one.frame, points: one.points, values: one.values.map((value, n) => value - (other.values[n] ?? 0)) }
}

/** Atoms, periodic images included, that lie within the square and close to the plane. */
export function atomsInPlane(structure: Structure, frame: PlaneFrame, reachAngstrom = 0.5): readonly AtomInPlane[] {
  const half = frame.widthAngstrom / 2
  const normal = cross(frame.u, frame.v)
  return structure.sites.flatMap(({ element, fractional }, index) =>
    images.flatMap((image) => {
      const from = subtract(toCartesian(structure.lattice, add(fractional, image)), frame.centre)
      const [s, t, heightAngstrom] = [dot(from, frame.u), dot(from, frame.v), dot(from, normal)]
      const isInside = Math.abs(s) <= half && Math.abs(t) <= half && Math.abs(heightAngstrom) <= reachAngstrom
      return isInside ? [{ index, element, place: [s, t] as const, heightAngstrom }] : []
    }),
  )
}

/** All neighbours of a cell: the square is smaller than a cell. */
const images: readonly Vector3[] = [-1, 0, 1].flatMap((i) => [-1, 0, 1].flatMap((j) => [-1, 0, 1].map((k): Vector3 => [i, j, k])))

function interpolated(shape: DensityGrid['shape'], valueAt: ValueAt, fractional: Vector3): number {
  const [nx, ny, nz] = shape
  const along = (x: number, n: number): readonly [number, number, number] => {
    const place = (x - Math.floor(x)) * n
    const low = Math.floor(place) % n
    return [low, (low + 1) % n, place - Math.floor(place)]
  }
  const [x0, x1, fx] = along(fractional[0], nx)
  const [y0, y1, fy] = along(fractional[1], ny)
  const [z0, z1, fz] = along(fractional[2], nz)
  const at = (i: number, j: number, k: number): number => valueAt(i + nx * (j + ny * k))
  const line = (j: number, k: number): number => at(x0, j, k) * (1 - fx) + at(x1, j, k) * fx
  const face = (k: number): number => line(y0, k) * (1 - fy) + line(y1, k) * fy
  return face(z0) * (1 - fz) + face(z1) * fz
}
