import { inverse, matrixTimesColumn, multiply, transpose, type Matrix3 } from '../../base/matrix.ts'
import { scale, subtract, type Vector3 } from '../../base/vector.ts'
import { toCartesian, wrapCoordinate } from '../lattice.ts'
import type { Structure } from '../structure.ts'
import type { SymmetryOperation } from '../symmetry.ts'
import type { HostCrystal } from './host-crystal.ts'
import type { OrientedRepeat } from './oriented-repeat.ts'
import type { PlacedSlab } from './place-in-cell.ts'
import type { SlabData } from './slab.ts'
import type { Stack } from './stack.ts'
import { cutTolerance, heightMaps, sameHeight, type HeightMap } from './surface-symmetry.ts'
import { surfaceCellMatrix } from './slab.ts'

/** Crystal operations that keep a slab, in any of its surface cells. */
export interface SlabOperations {
  /** In fractional coordinates of the 1×1 slab; one of each class modulo its translations. */
  readonly unit: readonly SymmetryOperation[]
  /** In fractional coordinates of a larger cell: those of them that keep that cell too. */
  inCell(inPlaneMatrix: SlabData['inPlaneMatrix']): readonly SymmetryOperation[]
}

/**
 * Those operations of the crystal that map a slab onto itself.
 *
 * Found by algebra, so that they cost nothing for thick slabs; a slab of one or two atomic planes may have more
 * symmetry than the crystal lends it.
 */
export function slabOperations(
  host: HostCrystal,
  repeat: OrientedRepeat,
  stack: Stack,
  unit: PlacedSlab,
): SlabOperations {
  const kept = heightMaps(host, repeat).flatMap((map) => keptOperation(map, repeat, stack) ?? [])
  const operations = uniqueOperations(
    kept.map((map) => inSlabCoordinates(map, host, repeat, stack, unit.structure)),
  )
  return {
    unit: operations,
    inCell: (inPlaneMatrix) =>
      operations.flatMap((operation) => inLargerCell(operation, inPlaneMatrix) ?? []),
  }
}

// The operation with the step added that brings the slab exactly onto itself, or undefined.
function keptOperation(
  { sign, shift, operation }: HeightMap,
  repeat: OrientedRepeat,
  stack: Stack,
): SymmetryOperation | undefined {
  const wanted = sign === 1 ? 0 : stack.cuts[0] + stack.cuts[1]
  if (!sameHeight(shift, wanted, cutTolerance(stack.gapAngstrom, repeat))) return undefined
  const steps = Math.round(wanted - shift)
  return {
    rotation: operation.rotation,
    translation: subtract(operation.translation, scale(repeat.step, -steps)),
  }
}

function inSlabCoordinates(
  operation: SymmetryOperation,
  host: HostCrystal,
  repeat: OrientedRepeat,
  stack: Stack,
  slab: Structure,
): SymmetryOperation {
  const columns = transpose(host.structure.lattice)
  const turn = multiply(repeat.frame, columns)
  const cartesian = multiply(multiply(turn, operation.rotation), inverse(turn))
  const moved = matrixTimesColumn(repeat.frame, toCartesian(host.structure.lattice, operation.translation))
  const toSlab = inverse(transpose(slab.lattice))
  const rotation = roundMatrix(multiply(multiply(toSlab, cartesian), transpose(slab.lattice)))
  const origin = originAngstrom(repeat, stack, slab)
  const back = matrixTimesColumn(cartesian, origin)
  const t = matrixTimesColumn(toSlab, [
    moved[0] + origin[0] - back[0],
    moved[1] + origin[1] - back[1],
    moved[2] + origin[2] - back[2],
  ])
  return { rotation, translation: [tidy(t[0]), tidy(t[1]), rotation[2][2] === 1 ? 0 : 1] }
}

// Where the host's origin lies in the slab's frame: the slab is centred in its cell.
function originAngstrom(repeat: OrientedRepeat, stack: Stack, slab: Structure): Vector3 {
  const middle = (stack.lowAngstrom + stack.highAngstrom) / 2
  return [0, 0, slab.lattice[2][2] / 2 - middle - stack.cuts[0] * repeat.repeatAngstrom]
}

/** x' = R x + t with x = y·M in columns: whole-number entries only where the larger cell is kept. */
function inLargerCell(
  operation: SymmetryOperation,
  inPlaneMatrix: SlabData['inPlaneMatrix'],
): SymmetryOperation | undefined {
  const columns = transpose(surfaceCellMatrix(inPlaneMatrix))
  const back = inverse(columns)
  const rotation = multiply(multiply(back, operation.rotation), columns)
  const whole = rotation.flat().every((x) => Math.abs(x - Math.round(x)) < 1e-6)
  if (!whole) return undefined
  return { rotation: roundMatrix(rotation), translation: matrixTimesColumn(back, operation.translation) }
}

function uniqueOperations(operations: readonly SymmetryOperation[]): readonly SymmetryOperation[] {
  const key = ({ rotation, translation }: SymmetryOperation) =>
    [...rotation.flat(), ...translation.map((x) => Math.round(x * 1e3) % 1000)].join(' ')
  return [...new Map(operations.map((operation) => [key(operation), operation])).values()]
}

function roundMatrix(m: Matrix3): Matrix3 {
  const row = (r: Vector3): Vector3 => [Math.round(r[0]) + 0, Math.round(r[1]) + 0, Math.round(r[2]) + 0]
  return [row(m[0]), row(m[1]), row(m[2])]
}

function tidy(x: number): number {
  const wrapped = wrapCoordinate(x)
  return wrapped > 1 - 1e-6 || wrapped < 1e-6 ? 0 : wrapped
}
