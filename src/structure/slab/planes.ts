/** Atoms of nearly one height along the normal. */
export interface AtomicPlane {
  /** Indices into the list that was clustered. */
  readonly members: readonly number[]
  /** Lowest, highest and mean height, in the unit of the input; a periodic plane may reach beyond the period. */
  readonly low: number
  readonly high: number
  readonly mean: number
}

/**
 * Heights into planes: neighbours along the line that are nearer than the tolerance share a plane. Lowest first.
 */
export function planesOf(heights: readonly number[], tolerance: number): readonly AtomicPlane[] {
  const order = heights
    .map((_, index) => index)
    .sort((a, b) => (heights[a] ?? 0) - (heights[b] ?? 0) || a - b)
  const groups: number[][] = []
  for (const index of order) {
    const last = groups.at(-1)
    const below = last?.at(-1)
    if (
      last !== undefined &&
      below !== undefined &&
      (heights[index] ?? 0) - (heights[below] ?? 0) <= tolerance
    )
      last.push(index)
    else groups.push([index])
  }
  return groups.map((members) => planeOf(members, heights))
}

/**
 * The same for heights that repeat with a period: a plane across the boundary is one plane.
 *
 * Where every neighbouring pair is nearer than the tolerance (high-index surfaces), the tolerance is halved until
 * there is a gap.
 */
export function periodicPlanesOf(
  heights: readonly number[],
  period: number,
  tolerance: number,
): readonly AtomicPlane[] {
  const order = [...heights.keys()].sort((a, b) => (heights[a] ?? 0) - (heights[b] ?? 0) || a - b)
  const sorted = order.map((index) => heights[index] ?? 0)
  const gaps = sorted.map((height, i) =>
    i === 0 ? height - (sorted.at(-1) ?? 0) + period : height - (sorted[i - 1] ?? 0),
  )
  const widest = gaps.reduce((a, b) => Math.max(a, b), 0)
  let used = tolerance
  while (used >= widest && used > 1e-6) used /= 2
  // Starting behind a gap, no plane is cut by the boundary.
  const start = gaps.findIndex((gap) => gap > used)
  const unrolled = [...order.keys()].map((i) => {
    const at = (start + i) % order.length
    return (sorted[at] ?? 0) + (start + i >= order.length ? period : 0)
  })
  return planesOf(unrolled, used).map((plane) => ({
    ...plane,
    members: plane.members.map((i) => order[(start + i) % order.length] ?? 0),
  }))
}

function planeOf(members: readonly number[], heights: readonly number[]): AtomicPlane {
  const values = members.map((index) => heights[index] ?? 0)
  const mean = values.reduce((a, b) => a + b, 0) / values.length
  return { members, low: values[0] ?? 0, high: values.at(-1) ?? 0, mean }
}
