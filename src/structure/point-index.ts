import type { Vector3 } from '../base/vector.ts'
import { heightsAngstrom, toCartesian, wrapCoordinate, wrapDifference, type Lattice } from './lattice.ts'

/** Finds points of a periodic cell that coincide, in constant time per point. */
export interface PointIndex {
  add(fractional: Vector3, value: number): void
  /** The value of the nearest point within the tolerance. */
  find(fractional: Vector3): number | undefined
}

/** Points are sorted into boxes of at least twice the tolerance; only boxes within reach are searched. */
export function pointIndex(lattice: Lattice, toleranceAngstrom: number): PointIndex {
  const counts = heightsAngstrom(lattice).map((height) => boxCount(height, toleranceAngstrom)) as [number, number, number]
  const boxes = new Map<number, { point: Vector3; value: number }[]>()
  const reach = heightsAngstrom(lattice).map((height) => toleranceAngstrom / height) as [number, number, number]

  return {
    add(fractional, value) {
      const key = boxKey(counts, fractional)
      const box = boxes.get(key)
      if (box === undefined) boxes.set(key, [{ point: fractional, value }])
      else box.push({ point: fractional, value })
    },
    find(fractional) {
      let nearest: number | undefined
      let shortest = toleranceAngstrom
      for (const key of keysWithin(counts, fractional, reach)) {
        for (const { point, value } of boxes.get(key) ?? []) {
          const difference = wrapDifference([point[0] - fractional[0], point[1] - fractional[1], point[2] - fractional[2]])
          const distance = Math.hypot(...toCartesian(lattice, difference))
          if (distance > shortest) continue
          shortest = distance
          nearest = value
        }
      }
      return nearest
    },
  }
}

function boxCount(heightAngstrom: number, toleranceAngstrom: number): number {
  return Math.max(1, Math.min(1000, Math.floor(heightAngstrom / (2 * toleranceAngstrom))))
}

function boxKey(counts: readonly [number, number, number], v: Vector3): number {
  const box = (k: 0 | 1 | 2) => Math.min(counts[k] - 1, Math.floor(wrapCoordinate(v[k]) * counts[k]))
  return box(0) + counts[0] * (box(1) + counts[1] * box(2))
}

function keysWithin(counts: readonly [number, number, number], v: Vector3, reach: readonly [number, number, number]) {
  const keys = new Set<number>()
  for (const i of [-1, 1])
    for (const j of [-1, 1])
      for (const k of [-1, 1])
        keys.add(boxKey(counts, [v[0] + i * reach[0], v[1] + j * reach[1], v[2] + k * reach[2]]))
  return keys
}
