import type { Vector3 } from '../base/vector.ts'
import { heightsAngstrom, toCartesian, wrapFractional, type Lattice } from './lattice.ts'
import type { Neighbour } from './neighbours.ts'
import type { Structure } from './structure.ts'

/**
 * All neighbours of every atom within a radius, as `neighboursWithin` gives them, in time proportional to the atoms.
 *
 * Atoms are sorted into boxes about as thick as the radius; each atom looks into the boxes around its own, through the
 * faces of the cell as often as the radius asks for.
 *
 * @returns [ion][neighbour], nearest first
 */
export function neighboursByBoxes(structure: Structure, radiusAngstrom: number): readonly (readonly Neighbour[])[] {
  const grid = gridOf(structure, radiusAngstrom)
  return structure.sites.map((_, index) => neighboursOfAtom(grid, index, radiusAngstrom))
}

interface Grid {
  readonly lattice: Lattice
  readonly counts: readonly [number, number, number]
  /** Boxes to look at on either side, along each axis. */
  readonly reach: readonly [number, number, number]
  readonly wrapped: readonly Vector3[]
  /** [3·ion + xyz] in Å, of the wrapped positions. */
  readonly cartesian: Float64Array
  /** Cells by which each atom was moved to come into [0, 1). */
  readonly moved: readonly Vector3[]
  readonly boxes: ReadonlyMap<number, readonly number[]>
}

function gridOf(structure: Structure, radiusAngstrom: number): Grid {
  const heights = heightsAngstrom(structure.lattice)
  const count = (height: number) => Math.max(1, Math.min(200, Math.floor(height / radiusAngstrom)))
  const counts = [count(heights[0]), count(heights[1]), count(heights[2])] as const
  const reach = [0, 1, 2].map((k) => Math.ceil((radiusAngstrom * (counts[k] ?? 1)) / (heights[k] ?? 1))) as [number, number, number]
  const wrapped = structure.sites.map((site) => wrapFractional(site.fractional))
  const moved = structure.sites.map(({ fractional: f }, i): Vector3 => {
    const w = wrapped[i] ?? f
    return [Math.round(w[0] - f[0]), Math.round(w[1] - f[1]), Math.round(w[2] - f[2])]
  })
  const boxes = new Map<number, number[]>()
  wrapped.forEach((point, index) => {
    const key = keyOf(counts, boxOf(counts, point))
    const known = boxes.get(key)
    if (known === undefined) boxes.set(key, [index])
    else known.push(index)
  })
  const cartesian = new Float64Array(wrapped.flatMap((point) => [...toCartesian(structure.lattice, point)]))
  return { lattice: structure.lattice, counts, reach, wrapped, cartesian, moved, boxes }
}

function neighboursOfAtom(grid: Grid, centre: number, radiusAngstrom: number): readonly Neighbour[] {
  const { counts, reach } = grid
  const start = boxOf(counts, grid.wrapped[centre] ?? [0, 0, 0])
  const found: Neighbour[] = []
  for (let i = -reach[0]; i <= reach[0]; i++)
    for (let j = -reach[1]; j <= reach[1]; j++)
      for (let k = -reach[2]; k <= reach[2]; k++) {
        const box: Vector3 = [start[0] + i, start[1] + j, start[2] + k]
        const image: Vector3 = [Math.floor(box[0] / counts[0]), Math.floor(box[1] / counts[1]), Math.floor(box[2] / counts[2])]
        const home: Vector3 = [box[0] - image[0] * counts[0], box[1] - image[1] * counts[1], box[2] - image[2] * counts[2]]
        const atoms = grid.boxes.get(keyOf(counts, home))
        if (atoms !== undefined) collect(grid, centre, atoms, image, radiusAngstrom, found)
      }
  return found.sort((a, b) => a.distanceAngstrom - b.distanceAngstrom || a.index - b.index)
}

// The inner loop: plain numbers, and an object only for what is within the radius.
function collect(grid: Grid, centre: number, atoms: readonly number[], image: Vector3, radius: number, found: Neighbour[]): void {
  const at = grid.cartesian
  const shift = toCartesian(grid.lattice, image)
  const x0 = shift[0] - (at[3 * centre] ?? 0)
  const y0 = shift[1] - (at[3 * centre + 1] ?? 0)
  const z0 = shift[2] - (at[3 * centre + 2] ?? 0)
  for (const index of atoms) {
    const x = (at[3 * index] ?? 0) + x0
    const y = (at[3 * index + 1] ?? 0) + y0
    const z = (at[3 * index + 2] ?? 0) + z0
    const squared = x * x + y * y + z * z
    if (squared > radius * radius || (index === centre && squared < 1e-16)) continue
    const [m, c] = [grid.moved[index] ?? image, grid.moved[centre] ?? image]
    const original = [image[0] + m[0] - c[0], image[1] + m[1] - c[1], image[2] + m[2] - c[2]] as const
    found.push({ index, image: original, vectorAngstrom: [x, y, z], distanceAngstrom: Math.sqrt(squared) })
  }
}

function boxOf(counts: readonly [number, number, number], point: Vector3): Vector3 {
  const box = (k: 0 | 1 | 2) => Math.min(counts[k] - 1, Math.floor(point[k] * counts[k]))
  return [box(0), box(1), box(2)]
}

function keyOf(counts: readonly [number, number, number], box: Vector3): number {
  return box[0] + counts[0] * (box[1] + counts[1] * box[2])
}
