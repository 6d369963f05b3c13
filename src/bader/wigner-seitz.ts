import { cross, dot, norm, scale, subtract, add, normalize, type Vector3 } from '../base/vector.ts'
import { rowTimesMatrix, type Matrix3 } from '../base/matrix.ts'

/** One face of the Wigner–Seitz cell of a lattice point. */
export interface Facet {
  /** The neighbour behind the face, in steps along the lattice rows. */
  readonly step: Vector3
  readonly areaAngstrom2: number
  readonly distanceAngstrom: number
}

/**
 * Faces of the Wigner–Seitz (Voronoi) cell of a lattice given by its rows: 6 for a cuboid, up to 14.
 *
 * Each bisecting plane of a neighbour is cut to a polygon by all other bisecting planes; what keeps an area is a face.
 * The faces close: Σ area · distance / 6 = cell volume.
 */
export function wignerSeitzFacets(lattice: Matrix3): readonly Facet[] {
  const neighbours = surroundingSteps(4).map((step) => ({ step, vector: rowTimesMatrix(step, lattice) }))
  const reach = 2 * Math.max(...lattice.map(norm))
  // Nearest first: most candidates are cut away by the first few planes.
  const near = neighbours
    .filter(({ vector }) => norm(vector) <= 2 * reach)
    .sort((one, two) => norm(one.vector) - norm(two.vector))
  const vectors = near.map(({ vector }) => vector)
  const smallest = 1e-8 * Math.min(...lattice.map(norm)) ** 2
  return near
    .map(({ step, vector }) => ({
      step,
      areaAngstrom2: facetArea(vector, vectors, reach),
      distanceAngstrom: norm(vector),
    }))
    .filter((facet) => facet.areaAngstrom2 > smallest)
}

function surroundingSteps(range: number): Vector3[] {
  const steps: Vector3[] = []
  for (let i = -range; i <= range; i++)
    for (let j = -range; j <= range; j++)
      for (let k = -range; k <= range; k++) if (i !== 0 || j !== 0 || k !== 0) steps.push([i, j, k])
  return steps
}

function facetArea(vector: Vector3, all: readonly Vector3[], reach: number): number {
  let polygon = squareOn(vector, reach)
  for (const other of all) {
    if (other === vector) continue
    polygon = clip(polygon, other)
    if (polygon.length < 3) return 0
  }
  return polygonArea(polygon)
}

/** A square around v/2, perpendicular to v, larger than any face can be. */
function squareOn(vector: Vector3, reach: number): Vector3[] {
  const helper: Vector3 = Math.abs(vector[0]) < 0.6 * norm(vector) ? [1, 0, 0] : [0, 1, 0]
  const u = scale(normalize(cross(vector, helper)), reach)
  const w = scale(normalize(cross(vector, u)), reach)
  const centre = scale(vector, 0.5)
  return [
    add(add(centre, u), w),
    add(subtract(centre, u), w),
    subtract(subtract(centre, u), w),
    subtract(add(centre, u), w),
  ]
}

/** The part of a polygon with x · other ≤ |other|²/2. */
function clip(polygon: readonly Vector3[], other: Vector3): Vector3[] {
  const limit = dot(other, other) / 2
  const kept: Vector3[] = []
  polygon.forEach((point, n) => {
    const next = polygon[(n + 1) % polygon.length] ?? point
    const [here, there] = [dot(point, other) - limit, dot(next, other) - limit]
    if (here <= 0) kept.push(point)
    if (here * there < 0) {
      kept.push(add(point, scale(subtract(next, point), here / (here - there))))
    }
  })
  return kept
}

function polygonArea(polygon: readonly Vector3[]): number {
  const origin = polygon[0] ?? [0, 0, 0]
  let sum: Vector3 = [0, 0, 0]
  for (let n = 1; n + 1 < polygon.length; n++) {
    sum = add(sum, cross(subtract(polygon[n] ?? origin, origin), subtract(polygon[n + 1] ?? origin, origin)))
  }
  return norm(sum) / 2
}
