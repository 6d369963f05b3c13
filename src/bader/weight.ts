import { unassignedLabel, vacuumLabel, type Basins } from './basins.ts'
import { ascendingOrder } from './density-order.ts'
import type { VoxelMesh } from './voxel-mesh.ts'
import { wignerSeitzFacets } from './wigner-seitz.ts'

/** Basins with shared borders, and what every maximum collected. */
export interface WeightedBasins extends Basins {
  /** [field][basin]: sum of the field's values, each point shared among the basins that it flows to. */
  readonly sums: readonly Float64Array[]
}

/**
 * The weight method: each point's Wigner–Seitz cell flows uphill to its higher neighbours in shares
 * J(n→m) ∝ area(n, m)/distance(n, m) · (ρₘ − ρₙ), so that a border point belongs to several basins.
 *
 * Basin integrals are linear in these shares, so the points hand what they hold to their higher neighbours, lowest point
 * first, and the maxima end up with the integrals: no weight is ever stored, whatever the number of basins.
 * `labels` name the basin that the largest share leads to, for distances to a basin's surface only.
 *
 * @param fields  what is integrated; each has one value per point
 * @source Yu and Trinkle, J. Chem. Phys. 134, 064111 (2011), equations 5 to 9
 */
export function weightBasins(
  mesh: VoxelMesh,
  density: Float64Array,
  labels: Int32Array,
  fields: readonly Float64Array[],
): WeightedBasins {
  const order = ascendingOrder(density)
  const flow = uphillFlow(mesh, density)
  const held = fields.map((field) => field.slice())
  for (const index of order) {
    if (labels[index] === vacuumLabel) continue
    const targets = flow.from(index)
    for (const field of held) handOver(field, index, targets, flow)
  }
  const maxima = labelDownhill(order, labels, flow)
  return { labels, maxima, sums: held.map((field) => Float64Array.from(maxima, (index) => field[index]!)) }
}

interface Flow {
  /** Number of higher neighbours of a point; they and their shares stand in `targets` and `shares`. */
  from(index: number): number
  readonly targets: Int32Array
  readonly shares: Float64Array
}

function handOver(field: Float64Array, index: number, targets: number, flow: Flow): void {
  const amount = field[index]!
  for (let n = 0; n < targets; n++) field[flow.targets[n]!]! += flow.shares[n]! * amount
}

/** Highest point first: a point without higher neighbours opens a basin, any other follows its largest share. */
function labelDownhill(order: Uint32Array, labels: Int32Array, flow: Flow): number[] {
  const maxima: number[] = []
  for (let n = order.length - 1; n >= 0; n--) {
    const index = order[n]!
    if (labels[index] !== unassignedLabel) continue
    const targets = flow.from(index)
    let largest = 0
    for (let t = 1; t < targets; t++) if (flow.shares[t]! > flow.shares[largest]!) largest = t
    labels[index] = targets === 0 ? maxima.push(index) : labels[flow.targets[largest]!]!
  }
  return maxima
}

function uphillFlow(mesh: VoxelMesh, density: Float64Array): Flow {
  const facets = wignerSeitzFacets(mesh.voxel)
  const neighbours = facetNeighbours(
    mesh,
    facets.map((facet) => facet.step),
  )
  const conductance = Float64Array.from(facets, (facet) => facet.areaAngstrom2 / facet.distanceAngstrom)
  const targets = new Int32Array(facets.length)
  const shares = new Float64Array(facets.length)
  const from = (index: number): number => {
    const here = density[index]!
    const around = neighbours(index)
    let count = 0
    let total = 0
    let level = -1
    for (let f = 0; f < conductance.length; f++) {
      const neighbour = around[f]!
      const rise = density[neighbour]! - here
      if (rise > 0) {
        targets[count] = neighbour
        shares[count] = conductance[f]! * rise
        total += shares[count++]!
      } else if (rise === 0 && neighbour > index) level = neighbour
    }
    for (let n = 0; n < count; n++) shares[n]! /= total
    return count === 0 && level >= 0 ? toLevelNeighbour(level) : count
  }
  // Equal neighbours on a top share one basin: everything goes to the one with the higher index.
  const toLevelNeighbour = (level: number): number => {
    targets[0] = level
    shares[0] = 1
    return 1
  }
  return { from, targets, shares }
}

/** Indices of the points behind the faces of a point's cell. The array is reused. */
function facetNeighbours(
  mesh: VoxelMesh,
  steps: readonly (readonly number[])[],
): (index: number) => Int32Array {
  const [nx, ny, nz] = mesh.shape
  const strides = [1, nx, nx * ny]
  const tables = [nx, ny, nz].map((points, axis) =>
    foldedShifts(
      points,
      strides[axis] ?? 1,
      steps.map((s) => s[axis] ?? 0),
    ),
  )
  const [alongA, alongB, alongC] = tables as [Int32Array, Int32Array, Int32Array]
  const found = new Int32Array(steps.length)
  return (index) => {
    const plane = (index / nx) | 0
    const i = (index - plane * nx) * steps.length
    const k = ((plane / ny) | 0) * steps.length
    const j = plane * steps.length - k * ny
    for (let f = 0; f < found.length; f++) found[f] = index + alongA[i + f]! + alongB[j + f]! + alongC[k + f]!
    return found
  }
}

function foldedShifts(points: number, stride: number, steps: readonly number[]): Int32Array {
  const table = new Int32Array(points * steps.length)
  for (let i = 0; i < points; i++)
    steps.forEach((step, f) => {
      const target = (((i + step) % points) + points) % points
      table[i * steps.length + f] = (target - i) * stride
    })
  return table
}
