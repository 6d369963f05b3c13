import { inverse, multiply, transpose, type Matrix3 } from '../base/matrix.ts'
import { norm, type Vector3 } from '../base/vector.ts'
import { toCartesian, volumeAngstrom3, type Lattice } from '../structure/lattice.ts'

/** Geometry of a periodic grid, with everything that the hot loops look up. */
export interface VoxelMesh {
  readonly shape: readonly [number, number, number]
  readonly count: number
  /** Rows are the steps along a, b, c in Å. */
  readonly voxel: Matrix3
  readonly voxelVolumeAngstrom3: number
  /** v*ᵢ · v*ⱼ in Å⁻²: turns differences along the grid axes into a direction along the grid axes. */
  readonly reciprocalMetric: Matrix3
  /** 1/|step| in Å⁻¹ for the 27 steps, index 9·(da+1) + 3·(db+1) + dc+1; 0 for no step. */
  readonly inverseStepLength: Float64Array
  /** Change of the index for a step −1, 0, 1 along one axis: shiftA[3·i + da + 1]; it folds back at the cell's border. */
  readonly shiftA: Int32Array
  readonly shiftB: Int32Array
  readonly shiftC: Int32Array
}

export function voxelMesh(lattice: Lattice, shape: readonly [number, number, number]): VoxelMesh {
  const [nx, ny, nz] = shape
  const divide = (v: Vector3, n: number): Vector3 => [v[0] / n, v[1] / n, v[2] / n]
  const voxel: Matrix3 = [divide(lattice[0], nx), divide(lattice[1], ny), divide(lattice[2], nz)]
  const reciprocal = transpose(inverse(voxel))
  return {
    shape,
    count: nx * ny * nz,
    voxel,
    voxelVolumeAngstrom3: volumeAngstrom3(lattice) / (nx * ny * nz),
    reciprocalMetric: multiply(reciprocal, transpose(reciprocal)),
    inverseStepLength: inverseStepLengths(voxel),
    shiftA: shifts(nx, 1),
    shiftB: shifts(ny, nx),
    shiftC: shifts(nz, nx * ny),
  }
}

/** Grid coordinates of an index, 0-based. */
export function coordinatesOf(mesh: VoxelMesh, index: number): [number, number, number] {
  const [nx, ny] = mesh.shape
  return [index % nx, Math.floor(index / nx) % ny, Math.floor(index / (nx * ny))]
}

/** Fractional coordinates of a grid point; VASP puts point (0, 0, 0) at the origin. */
export function fractionalOf(mesh: VoxelMesh, index: number): Vector3 {
  const [i, j, k] = coordinatesOf(mesh, index)
  return [i / mesh.shape[0], j / mesh.shape[1], k / mesh.shape[2]]
}

/** The longest of the three grid steps in Å, the usual measure of a grid's coarseness. */
export function gridSpacingAngstrom(lattice: Lattice, shape: readonly [number, number, number]): number {
  return Math.max(...lattice.map((row, axis) => norm(row) / (shape[axis] ?? 1)))
}

function shifts(points: number, stride: number): Int32Array {
  const table = new Int32Array(3 * points)
  for (let i = 0; i < points; i++) {
    table[3 * i] = (i === 0 ? points - 1 : -1) * stride
    table[3 * i + 2] = (i === points - 1 ? 1 - points : 1) * stride
  }
  return table
}

function inverseStepLengths(voxel: Matrix3): Float64Array {
  const table = new Float64Array(27)
  for (let s = 0; s < 27; s++) {
    const step: Vector3 = [Math.floor(s / 9) - 1, (Math.floor(s / 3) % 3) - 1, (s % 3) - 1]
    table[s] = s === 13 ? 0 : 1 / norm(toCartesian(voxel, step))
  }
  return table
}
