import { heightsAngstrom, type Lattice } from '../../structure/lattice.ts'
import type { DensityGrid } from '../../structure/density-grid.ts'
import type { Structure } from '../../structure/structure.ts'
import type { Shell } from './shells-data.ts'

const longestReachAngstrom = 5
/** Beyond this many decay lengths a shell is below 1e-11 of its height. */
const decayLengths = 25
const tableStepAngstrom = 0.002

/**
 * Sum of spherical ions on a grid.
 *
 * Each ion is ρ(r) = Σ N a³/(8π) exp(-a r), cut at 5 Å; what the grid makes of one ion is rescaled to its electrons, so
 * that the sum over the grid is exact whatever the spacing.
 *
 * @param shells [ion]; an ion without shells adds nothing
 * @returns density times cell volume, in e, as VASP stores it
 */
export function promolecule(
  structure: Structure,
  shape: readonly [number, number, number],
  shells: readonly (readonly Shell[])[],
): DensityGrid {
  const values = new Float64Array(shape[0] * shape[1] * shape[2])
  const stencil = stencilFor(structure.lattice, shape)
  const tables = new Map<string, RadialTable>()
  structure.sites.forEach(({ fractional }, ion) => {
    const own = shells[ion] ?? []
    if (own.length === 0) return
    addIon(values, shape, stencil, fractional, tableOf(own, tables))
  })
  return { structure, shape, values }
}

interface RadialTable {
  readonly electrons: number
  readonly reachAngstrom: number
  /** ρ at multiples of the step, up to the reach and one beyond. */
  readonly density: Float64Array
}

function tableOf(shells: readonly Shell[], known: Map<string, RadialTable>): RadialTable {
  const key = JSON.stringify(shells)
  const table = known.get(key) ?? radialTable(shells)
  known.set(key, table)
  return table
}

function radialTable(shells: readonly Shell[]): RadialTable {
  const slowest = shells.reduce(
    (least, { falloffPerAngstrom }) => Math.min(least, falloffPerAngstrom),
    Infinity,
  )
  const reachAngstrom = Math.min(longestReachAngstrom, decayLengths / slowest)
  const density = new Float64Array(Math.ceil(reachAngstrom / tableStepAngstrom) + 2)
  for (let k = 0; k < density.length; k++) {
    for (const { electrons, falloffPerAngstrom: a } of shells) {
      density[k]! += ((electrons * a ** 3) / (8 * Math.PI)) * Math.exp(-a * k * tableStepAngstrom)
    }
  }
  return { electrons: shells.reduce((sum, shell) => sum + shell.electrons, 0), reachAngstrom, density }
}

interface Stencil {
  /** Rows of the lattice divided by the points along them: the step from point to point, in Å. */
  readonly step: Float64Array
  readonly heights: readonly [number, number, number]
  /** Scratch for one ion: point numbers and densities. */
  readonly points: Int32Array
  readonly densities: Float64Array
}

function stencilFor(lattice: Lattice, shape: readonly [number, number, number]): Stencil {
  const heights = heightsAngstrom(lattice)
  const spans = shape.map(
    (points, axis) => 2 * Math.ceil((longestReachAngstrom / heights[axis]!) * points) + 3,
  )
  const size = spans.reduce((product, span) => product * span, 1)
  const step = Float64Array.from(lattice.flatMap((row, axis) => row.map((x) => x / shape[axis]!)))
  return {
    step,
    heights: [heights[0], heights[1], heights[2]],
    points: new Int32Array(size),
    densities: new Float64Array(size),
  }
}

function addIon(
  values: Float64Array,
  shape: readonly [number, number, number],
  stencil: Stencil,
  fractional: readonly [number, number, number],
  table: RadialTable,
): void {
  const { points, densities } = stencil
  const count = collectPoints(shape, stencil, fractional, table)
  let sum = 0
  for (let p = 0; p < count; p++) sum += densities[p]!
  if (sum === 0) return
  const scale = (table.electrons * values.length) / sum
  for (let p = 0; p < count; p++) values[points[p]!]! += scale * densities[p]!
}

// Offsets run beyond the cell and are wrapped, so that every periodic image of the ion is included.
function collectPoints(
  shape: readonly [number, number, number],
  { step, heights, points, densities }: Stencil,
  fractional: readonly [number, number, number],
  { reachAngstrom, density }: RadialTable,
): number {
  const [nx, ny, nz] = shape
  const range = (axis: 0 | 1 | 2): readonly [number, number, number] => {
    const centre = fractional[axis] * shape[axis]
    const reach = (reachAngstrom / heights[axis]) * shape[axis]
    return [centre, Math.ceil(centre - reach), Math.floor(centre + reach)]
  }
  const [ca, a0, a1] = range(0)
  const [cb, b0, b1] = range(1)
  const [cc, c0, c1] = range(2)
  const limit = reachAngstrom * reachAngstrom
  let count = 0
  for (let c = c0; c <= c1; c++) {
    const plane = ny * modulo(c, nz)
    for (let b = b0; b <= b1; b++) {
      const row = nx * (modulo(b, ny) + plane)
      const x0 = (b - cb) * step[3]! + (c - cc) * step[6]!
      const y0 = (b - cb) * step[4]! + (c - cc) * step[7]!
      const z0 = (b - cb) * step[5]! + (c - cc) * step[8]!
      for (let a = a0; a <= a1; a++) {
        const x = x0 + (a - ca) * step[0]!
        const y = y0 + (a - ca) * step[1]!
        const z = z0 + (a - ca) * step[2]!
        const squared = x * x + y * y + z * z
        if (squared >= limit) continue
        const at = Math.sqrt(squared) / tableStepAngstrom
        const k = at | 0
        const low = density[k]!
        points[count] = row + modulo(a, nx)
        densities[count++] = low + (density[k + 1]! - low) * (at - k)
      }
    }
  }
  return count
}

function modulo(i: number, n: number): number {
  const rest = i % n
  return rest < 0 ? rest + n : rest
}
