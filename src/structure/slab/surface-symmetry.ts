import type { SymmetryOperation } from '../symmetry.ts'
import type { Vector3 } from '../../base/vector.ts'
import type { HostCrystal } from './host-crystal.ts'
import type { OrientedRepeat } from './oriented-repeat.ts'

/** What a crystal operation does to heights along the normal, in repeats: height' = sign · height + shift. */
export interface HeightMap {
  readonly sign: 1 | -1
  readonly shift: number
  readonly operation: SymmetryOperation
}

/** The operations that map the normal onto itself or its opposite. */
export function heightMaps(host: HostCrystal, repeat: OrientedRepeat): readonly HeightMap[] {
  const perUnit = repeatsPerIndex(repeat)
  return host.symmetry.operations.flatMap((operation) => {
    const image = rowTimes(repeat.millerIndex, operation)
    const sign = ([1, -1] as const).find((s) => image.every((x, i) => x === s * (repeat.millerIndex[i] ?? 0)))
    if (sign === undefined) return []
    const { translation: t } = operation
    const [h, k, l] = repeat.millerIndex
    return [{ sign, shift: (h * t[0] + k * t[1] + l * t[2]) * perUnit, operation }]
  })
}

/** Are two heights the same modulo whole repeats? */
export function sameHeight(a: number, b: number, tolerance: number): boolean {
  return Math.abs(a - b - Math.round(a - b)) <= tolerance
}

/**
 * How near two cuts must be to be one, in repeats: inside the same gap, since an operation maps whole gaps onto gaps.
 */
export function cutTolerance(gapAngstrom: number, repeat: OrientedRepeat): number {
  return Math.min(0.45 * gapAngstrom, 0.3) / repeat.repeatAngstrom
}

/** Repeats along the normal for one unit of hkl·x. */
export function repeatsPerIndex(repeat: OrientedRepeat): number {
  const [h, k, l] = repeat.millerIndex
  return 1 / (h * repeat.step[0] + k * repeat.step[1] + l * repeat.step[2])
}

function rowTimes(row: Vector3, { rotation }: SymmetryOperation): Vector3 {
  const column = (j: 0 | 1 | 2) => row[0] * rotation[0][j] + row[1] * rotation[1][j] + row[2] * rotation[2][j]
  return [column(0), column(1), column(2)]
}
