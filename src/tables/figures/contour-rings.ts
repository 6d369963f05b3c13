export type Ring = readonly (readonly [number, number])[]

/** A square of values: [row][column] flat. */
export interface ValueSquare {
  readonly points: number
  readonly values: ArrayLike<number>
}

/** Edges of a square: 0 below, 1 right, 2 above, 3 left. Pairs of edges, from and to, with what is inside on the left. */
const segments: readonly (readonly number[])[] = [
  [], [0, 3], [1, 0], [1, 3], [2, 1], [0, 3, 2, 1], [2, 0], [2, 3], [3, 2], [0, 2], [1, 0, 3, 2], [1, 2], [3, 1], [0, 1], [3, 0], [],
] // prettier-ignore
/** Two opposite corners inside, and the middle too. */
const joined: Readonly<Record<number, readonly number[]>> = { 5: [0, 1, 2, 3], 10: [3, 0, 1, 2] }

/**
 * Closed curves around everything at or above `level`, in columns and rows; regions that reach the edge are closed along it.
 *
 * Marching squares with linear interpolation; a saddle is decided by the mean of its corners.
 *
 * @source Lorensen and Cline, Comput. Graph. 21, 163 (1987), in two dimensions
 */
export function contourRings({ points, values }: ValueSquare, level: number): readonly Ring[] {
  const side = points + 2
  // A frame of nothing around the values closes every curve.
  const at = (i: number, j: number): number =>
    i < 1 || j < 1 || i > points || j > points ? Number.NEGATIVE_INFINITY : (values[(j - 1) * points + i - 1] ?? 0)
  const next = new Map<number, number>()
  for (let j = 0; j < side - 1; j++)
    for (let i = 0; i < side - 1; i++) {
      const corners = [at(i, j), at(i + 1, j), at(i + 1, j + 1), at(i, j + 1)] as const
      const edges = [2 * (j * side + i), 2 * (j * side + i + 1) + 1, 2 * ((j + 1) * side + i), 2 * (j * side + i) + 1]
      const pairs = pairsOf(corners, level)
      for (let n = 0; n < pairs.length; n += 2) next.set(edges[pairs[n]!]!, edges[pairs[n + 1]!]!)
    }
  return linked(next, (edge) => crossing(edge, side, at, level))
}

function pairsOf(corners: readonly [number, number, number, number], level: number): readonly number[] {
  const kind = corners.reduce((bits, value, n) => bits + (value >= level ? 1 << n : 0), 0)
  const isJoined = corners.reduce((sum, value) => sum + value, 0) / 4 >= level
  return (isJoined ? joined[kind] : undefined) ?? segments[kind] ?? []
}

/** Even numbers are edges to the right of a point, odd ones edges above it. */
function crossing(edge: number, side: number, at: (i: number, j: number) => number, level: number): readonly [number, number] {
  const point = edge >> 1
  const [i, j] = [point % side, Math.floor(point / side)]
  const [k, l] = edge % 2 === 0 ? [i + 1, j] : [i, j + 1]
  const [here, there] = [at(i, j), at(k, l)]
  const share = !Number.isFinite(here) ? 1 : !Number.isFinite(there) ? 0 : (level - here) / (there - here)
  return [i + share * (k - i) - 1, j + share * (l - j) - 1]
}

function linked(next: Map<number, number>, place: (edge: number) => readonly [number, number]): readonly Ring[] {
  const rings: Ring[] = []
  for (const first of [...next.keys()]) {
    const ring: (readonly [number, number])[] = []
    for (let edge: number | undefined = first; edge !== undefined && next.has(edge); ) {
      ring.push(place(edge))
      const following: number | undefined = next.get(edge)
      next.delete(edge)
      edge = following
    }
    if (ring.length > 2) rings.push(ring)
  }
  return rings
}
