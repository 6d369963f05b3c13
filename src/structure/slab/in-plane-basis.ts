import type { Matrix3 } from '../../base/matrix.ts'
import { cross, dot, norm, normalize, add, scale, subtract, type Vector3 } from '../../base/vector.ts'
import { toCartesian, type Lattice } from '../lattice.ts'

interface Choice {
  readonly u: Vector3
  readonly v: Vector3
  /** Smaller is preferred, first entry first. */
  readonly rank: readonly number[]
}

/**
 * The two shortest surface vectors, u × v along the normal.
 *
 * Where several pairs are equally short: host axes in the order a, b, c, then an obtuse angle, then positive entries.
 * Two host axes keep their order even when the second is shorter, so that [2, 1] on (010) always doubles a.
 *
 * @param vectors  two translations in units of a, b, c that span the surface lattice
 */
export function chooseInPlaneVectors(
  lattice: Lattice,
  vectors: readonly [Vector3, Vector3],
  normal: Vector3,
): readonly [Vector3, Vector3] {
  const reduced = gaussReduced(lattice, vectors)
  const short = combinations(reduced, 2)
  const area = norm(cross(toCartesian(lattice, reduced[0]), toCartesian(lattice, reduced[1])))
  const choices = short.flatMap((u) =>
    short.map((v) => choiceOf(lattice, u, v, normal, area)).filter((c) => c !== undefined),
  )
  const best = choices.reduce((a, b) => (isBefore(b.rank, a.rank) ? b : a))
  return [best.u, best.v]
}

/** Rows: along u, across it in the surface, along the normal; a right-handed set of unit vectors. */
export function surfaceFrame(uAngstrom: Vector3, normal: Vector3): Matrix3 {
  const e1 = normalize(uAngstrom)
  const e3 = normalize(normal)
  return [e1, cross(e3, e1), e3]
}

/**
 * The smallest right-angled cell of the surface lattice, as whole-number rows in units of u and v.
 *
 * @returns undefined when no right angle (within 0.01°) exists up to `largestFactor` times the primitive area
 */
export function orthogonalCell(
  uAngstrom: Vector3,
  vAngstrom: Vector3,
  largestFactor = 24,
): readonly [readonly [number, number], readonly [number, number]] | undefined {
  let best:
    { rows: readonly [readonly [number, number], readonly [number, number]]; size: number } | undefined
  const place = (n: readonly [number, number]) => add(scale(uAngstrom, n[0]), scale(vAngstrom, n[1]))
  const pairs = wholePairs(6)
  for (const p of pairs)
    for (const q of pairs) {
      const size = p[0] * q[1] - p[1] * q[0]
      if (size <= 0 || size > largestFactor || (best !== undefined && size >= best.size)) continue
      const [a, b] = [place(p), place(q)]
      if (Math.abs(dot(a, b)) < 1.7e-4 * norm(a) * norm(b)) best = { rows: [p, q], size }
    }
  return best?.rows
}

function choiceOf(
  lattice: Lattice,
  u: Vector3,
  v: Vector3,
  normal: Vector3,
  area: number,
): Choice | undefined {
  const [a, b] = [toCartesian(lattice, u), toCartesian(lattice, v)]
  const product = cross(a, b)
  if (dot(product, normal) <= 0 || Math.abs(norm(product) - area) > 1e-6 * area) return undefined
  const [axisU, axisV] = [hostAxis(u), hostAxis(v)]
  const onAxes = axisU !== undefined && axisV !== undefined
  const order = onAxes ? axisU - axisV : norm(a) - norm(b)
  const acute = dot(a, b) > 1e-6 * area ? 1 : 0
  return {
    u,
    v,
    rank: [
      rounded(norm(a) + norm(b)),
      rounded(order),
      onAxes ? 0 : 1,
      startsNegative(u),
      acute,
      startsNegative(v),
      ...u.map((x) => -x),
    ],
  }
}

function gaussReduced(lattice: Lattice, vectors: readonly [Vector3, Vector3]): readonly [Vector3, Vector3] {
  let [u, v] = vectors
  const length = (w: Vector3) => norm(toCartesian(lattice, w))
  for (;;) {
    if (length(v) < length(u) - 1e-9) [u, v] = [v, u]
    const [a, b] = [toCartesian(lattice, u), toCartesian(lattice, v)]
    const steps = Math.round(dot(a, b) / dot(a, a))
    const shorter = subtract(v, scale(u, steps))
    if (steps === 0 || length(shorter) > length(v) - 1e-9) return [u, v]
    v = shorter
  }
}

function combinations(vectors: readonly [Vector3, Vector3], reach: number): readonly Vector3[] {
  return wholePairs(reach).map(([i, j]) => tidy(add(scale(vectors[0], i), scale(vectors[1], j))))
}

function wholePairs(reach: number): readonly (readonly [number, number])[] {
  const range = Array.from({ length: 2 * reach + 1 }, (_, i) => (i <= reach ? i : reach - i))
  return range.flatMap((i) => range.map((j) => [i, j] as const)).filter(([i, j]) => i !== 0 || j !== 0)
}

// Fractions of the centring come from divisions; 1e-17 is not a component.
function tidy(v: Vector3): Vector3 {
  const clean = (x: number) => (Math.abs(x - Math.round(x)) < 1e-9 ? Math.round(x) + 0 : x)
  return [clean(v[0]), clean(v[1]), clean(v[2])]
}

function hostAxis(v: Vector3): number | undefined {
  const used = [0, 1, 2].filter((i) => v[i] !== 0)
  return used.length === 1 ? used[0] : undefined
}

function startsNegative(v: Vector3): number {
  return (v.find((x) => x !== 0) ?? 0) < 0 ? 1 : 0
}

function rounded(x: number): number {
  return Math.round(x * 1e5) / 1e5
}

function isBefore(a: readonly number[], b: readonly number[]): boolean {
  for (let i = 0; i < a.length; i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0)
    if (difference !== 0) return difference < 0
  }
  return false
}
