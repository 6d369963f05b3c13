import { wrapCoordinate } from '../structure/lattice.ts'
import type { Structure } from '../structure/structure.ts'
import { norm } from '../base/vector.ts'

/** Mean of a potential over planes parallel to a and b: [plane] in eV, from z = 0 in equal steps along c. */
export interface PlanarPotential {
  readonly valuesEv: readonly number[]
}

/** One side of the vacuum of a slab. */
export interface VacuumLevel {
  /** Mean over the stretch. */
  readonly potentialEv: number
  /** Highest minus lowest value of the stretch: a flat vacuum has some meV, a dipole field more. */
  readonly rippleEv: number
}

export interface SlabPotential {
  /** Beside the upper and beside the lower face; equal but for a dipole correction between two unlike faces. */
  readonly above: VacuumLevel
  readonly below: VacuumLevel
  readonly vacuumAngstrom: number
}

/** Nearer to an atom than this its density is still felt. */
const marginAngstrom = 3.5
const leastStretchAngstrom = 1
/** On each side of the middle, where a dipole correction has its step. */
const stepAngstrom = 1

/** Flat enough that a work function has its second digit. */
export const flatVacuumEv = 0.05

/**
 * Potential in the vacuum beside both faces of a slab, from the stretch of the vacuum that is 3.5 Å from any atom, without its middle, where a
 * dipole correction puts a step.
 *
 * undefined when the cell has no such stretch: too little vacuum, or none.
 */
export function slabPotential({ valuesEv }: PlanarPotential, structure: Structure): SlabPotential | undefined {
  const height = norm(structure.lattice[2])
  const { from, width } = widestGap(structure)
  const vacuumAngstrom = width * height
  const stretch = vacuumAngstrom - 2 * marginAngstrom
  if (stretch < 2 * (leastStretchAngstrom + stepAngstrom)) return undefined
  const start = from + marginAngstrom / height
  const [half, step] = [stretch / 2 / height, stepAngstrom / height]
  const above = levelOf(valuesEv, start, start + half - step)
  const below = levelOf(valuesEv, start + half + step, start + 2 * half)
  return above === undefined || below === undefined ? undefined : { above, below, vacuumAngstrom }
}

/**
 * W = V(vacuum) − E_F in eV; V is the electrostatic potential energy of an electron, as LOCPOT with LVHAR has it.
 *
 * @source Lang and Kohn, Phys. Rev. B 3, 1215 (1971)
 */
export function workFunctionEv(level: VacuumLevel, fermiEv: number): number {
  return level.potentialEv - fermiEv
}

/** The gap along c without atoms: where it begins and how wide it is, fractional. */
function widestGap({ sites }: Structure): { readonly from: number; readonly width: number } {
  const heights = sites.map(({ fractional }) => wrapCoordinate(fractional[2])).sort((a, b) => a - b)
  const gaps = heights.map((from, n) => ({ from, width: (heights[n + 1] ?? (heights[0] ?? 0) + 1) - from }))
  return gaps.reduce((best, gap) => (gap.width > best.width ? gap : best), { from: 0, width: 0 })
}

function levelOf(valuesEv: readonly number[], from: number, to: number): VacuumLevel | undefined {
  const count = valuesEv.length
  const [first, last] = [Math.ceil(from * count), Math.floor(to * count)]
  const values = Array.from({ length: Math.max(0, last - first + 1) }, (_, n) => valuesEv[(first + n) % count] ?? Number.NaN)
  if (values.length < 2) return undefined
  return {
    potentialEv: values.reduce((sum, value) => sum + value, 0) / values.length,
    rippleEv: Math.max(...values) - Math.min(...values),
  }
}
