import { steepestStep } from './steepest-step.ts'
import type { VoxelMesh } from './voxel-mesh.ts'

/** State of a point during the walks. */
export const untouched = 0
export const onThisWalk = 1
/** All six neighbours share its basin: a walk may end here. */
export const interior = 2

/** A walk uphill; the points it visited stay in `path` until the next one. */
export interface NearGridWalk {
  /** Index of the last point: a maximum, or an interior point of a known basin. */
  to(start: number): number
  readonly path: { indices: Int32Array; length: number }
}

/**
 * Walks along the gradient in steps to neighbouring points. The part of the gradient that a step to a point cannot follow
 * is kept as a correction and taken as a step of its own once it has grown to half a spacing.
 *
 * @source Tang, Sanville, Henkelman, J. Phys.: Condens. Matter 21, 084204 (2009)
 */
export function nearGridWalk(mesh: VoxelMesh, density: Float64Array, states: Uint8Array): NearGridWalk {
  const steepest = steepestStep(mesh, density)
  const correction = new Float64Array(3)
  const gradient = gradientReader(mesh, density)
  const path = { indices: new Int32Array(1024), length: 0 }
  const advance = correctedStep(mesh, gradient, correction)

  const step = (index: number): number => {
    let next = advance(index)
    if (next < 0) {
      correction.fill(0)
      next = steepest(index)
      if (next === index) return index
    }
    states[index] = onThisWalk
    if (states[next] !== onThisWalk) return next
    correction.fill(0)
    return steepest(index)
  }

  const to = (start: number): number => {
    correction.fill(0)
    path.length = 0
    let index = start
    for (;;) {
      record(path, index)
      const next = step(index)
      if (next === index) return index
      index = next
      if (states[index] === interior) {
        record(path, index)
        return index
      }
    }
  }
  return { to, path }
}

/** Next index along the corrected gradient, or −1 where the gradient vanishes. */
function correctedStep(mesh: VoxelMesh, gradient: (index: number) => Float64Array, correction: Float64Array) {
  const [nx, ny, nz] = mesh.shape
  const move = new Int32Array(3)
  const flat = 1e-30
  return (index: number): number => {
    const g = gradient(index)
    const largest = Math.max(Math.abs(g[0]!), Math.abs(g[1]!), Math.abs(g[2]!))
    if (largest < flat) return -1
    for (let axis = 0; axis < 3; axis++) {
      const part = g[axis]! / largest
      const whole = nearestInteger(part)
      const left = correction[axis]! + part - whole
      const extra = nearestInteger(left)
      correction[axis] = left - extra
      move[axis] = whole + extra
    }
    const plane = (index / nx) | 0
    const k = (plane / ny) | 0
    const i = folded(index - plane * nx + move[0]!, nx)
    const j = folded(plane - k * ny + move[1]!, ny)
    return i + nx * (j + ny * folded(k + move[2]!, nz))
  }
}

function folded(coordinate: number, points: number): number {
  let inside = coordinate
  while (inside < 0) inside += points
  while (inside >= points) inside -= points
  return inside
}

/** Half away from zero: opposite directions are then treated alike. */
function nearestInteger(x: number): number {
  return x < 0 ? -Math.floor(0.5 - x) : Math.floor(x + 0.5)
}

/** Gradient along the grid axes, with an axis left out where the point is a maximum along it. The array is reused. */
function gradientReader(mesh: VoxelMesh, density: Float64Array): (index: number) => Float64Array {
  const { shiftA, shiftB, shiftC } = mesh
  const [nx, ny] = mesh.shape
  const [[m00, m01, m02], [, m11, m12], [, , m22]] = mesh.reciprocalMetric
  const result = new Float64Array(3)
  return (index) => {
    const plane = (index / nx) | 0
    const i = 3 * (index - plane * nx)
    const k = (plane / ny) | 0
    const j = 3 * (plane - k * ny)
    const here = density[index]!
    const a = slope(here, density[index + shiftA[i]!]!, density[index + shiftA[i + 2]!]!)
    const b = slope(here, density[index + shiftB[j]!]!, density[index + shiftB[j + 2]!]!)
    const c = slope(here, density[index + shiftC[3 * k]!]!, density[index + shiftC[3 * k + 2]!]!)
    result[0] = m00 * a + m01 * b + m02 * c
    result[1] = m01 * a + m11 * b + m12 * c
    result[2] = m02 * a + m12 * b + m22 * c
    return result
  }
}

function slope(here: number, below: number, above: number): number {
  return above < here && below < here ? 0 : (above - below) / 2
}

function record(path: { indices: Int32Array; length: number }, index: number): void {
  if (path.length === path.indices.length) {
    const longer = new Int32Array(2 * path.length)
    longer.set(path.indices)
    path.indices = longer
  }
  path.indices[path.length++] = index
}
