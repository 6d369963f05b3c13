import { add, norm, scale, type Vector3 } from '../../base/vector.ts'
import { orthogonalCell } from './in-plane-basis.ts'
import { InPlaneCellError } from './slab-errors.ts'

/** Rows of the slab's a and b in whole numbers of the surface vectors u and v. */
export type InPlaneMatrix = readonly [readonly [number, number], readonly [number, number]]

/** Number of 1×1 cells in a surface cell. */
export function surfaceCellSize([[a, b], [c, d]]: InPlaneMatrix): number {
  return a * d - b * c
}

/** How large the surface cell is. */
export type SurfaceCell =
  | { readonly repeats: readonly [number, number] }
  | { readonly minimumImageDistanceAngstrom: number }
  | { readonly matrix: InPlaneMatrix }

export interface SurfaceCellRequest {
  readonly cell?: SurfaceCell
  /** Start from the smallest right-angled cell instead of the primitive one. */
  readonly orthogonal?: boolean
}

/**
 * The surface cell in units of u and v.
 *
 * For a minimum image distance: the repeats with the smallest area whose shortest translation is long enough, the most
 * nearly square among equals.
 *
 * @throws InPlaneCellError for a cell without area, or when no right angle exists
 */
export function surfaceCell(
  uAngstrom: Vector3,
  vAngstrom: Vector3,
  request: SurfaceCellRequest,
): InPlaneMatrix {
  const start: InPlaneMatrix =
    request.orthogonal === true
      ? rightAngled(uAngstrom, vAngstrom)
      : [
          [1, 0],
          [0, 1],
        ]
  const cell = request.cell ?? { repeats: [1, 1] }
  if ('matrix' in cell) return times(checkedMatrix(cell.matrix), start)
  if ('repeats' in cell) return times(repeatMatrix(cell.repeats), start)
  const place = (n: readonly [number, number]) => add(scale(uAngstrom, n[0]), scale(vAngstrom, n[1]))
  return times(
    repeatMatrix(repeatsForDistance(place(start[0]), place(start[1]), cell.minimumImageDistanceAngstrom)),
    start,
  )
}

/** Shortest translation in Å of the plane lattice spanned by two vectors. */
export function shortestTranslationAngstrom(aAngstrom: Vector3, bAngstrom: Vector3): number {
  let shortest = Infinity
  for (let i = -4; i <= 4; i++)
    for (let j = -4; j <= 4; j++)
      if (i !== 0 || j !== 0)
        shortest = Math.min(shortest, norm(add(scale(aAngstrom, i), scale(bAngstrom, j))))
  return shortest
}

function repeatsForDistance(a: Vector3, b: Vector3, distance: number): readonly [number, number] {
  if (!(distance > 0 && distance <= 200))
    throw new InPlaneCellError(
      `${distance} Å is no distance between images`,
      'Give a distance between 1 and 200 Å.',
    )
  const limit = (v: Vector3) => Math.ceil((2 * distance) / norm(v)) + 1
  let best: { repeats: readonly [number, number]; area: number; shortest: number } | undefined
  for (let i = 1; i <= limit(a); i++)
    for (let j = 1; j <= limit(b); j++) {
      const shortest = shortestTranslationAngstrom(scale(a, i), scale(b, j))
      if (shortest < distance - 1e-9) continue
      if (best === undefined || i * j < best.area || (i * j === best.area && shortest > best.shortest))
        best = { repeats: [i, j], area: i * j, shortest }
    }
  if (best === undefined) throw new InPlaneCellError(`no repeats keep images ${distance} Å apart`)
  return best.repeats
}

function rightAngled(u: Vector3, v: Vector3): InPlaneMatrix {
  const cell = orthogonalCell(u, v)
  if (cell !== undefined) return cell
  throw new InPlaneCellError(
    'this surface lattice has no right angle',
    'Leave out "orthogonal" for this surface.',
  )
}

function repeatMatrix([a, b]: readonly [number, number]): InPlaneMatrix {
  if (!Number.isSafeInteger(a) || !Number.isSafeInteger(b) || a < 1 || b < 1)
    throw new InPlaneCellError(`repeats ${a} × ${b} are not positive whole numbers`)
  return [
    [a, 0],
    [0, b],
  ]
}

function checkedMatrix(matrix: InPlaneMatrix): InPlaneMatrix {
  if (!matrix.flat().every(Number.isSafeInteger) || surfaceCellSize(matrix) <= 0)
    throw new InPlaneCellError(`${JSON.stringify(matrix)} is not a right-handed matrix of whole numbers`)
  return matrix
}

function times(m: InPlaneMatrix, n: InPlaneMatrix): InPlaneMatrix {
  const row = (r: readonly [number, number]) =>
    [r[0] * n[0][0] + r[1] * n[1][0], r[0] * n[0][1] + r[1] * n[1][1]] as const
  return [row(m[0]), row(m[1])]
}
