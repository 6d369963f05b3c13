import { cartesianAngstrom, type Structure } from '../../structure/structure.ts'
import { toCartesian, wrapDifference } from '../../structure/lattice.ts'
import type { Vector3 } from '../../base/vector.ts'

/** Distance in Å from one ion to the nearest image of every ion, [ion]; 0 for itself. */
export function imageDistances(structure: Structure, centre: number): Float64Array {
  const origin = structure.sites[centre]?.fractional ?? [0, 0, 0]
  const shifts = neighbouringCells.map((cell) => toCartesian(structure.lattice, cell))
  return Float64Array.from(structure.sites, ({ fractional }) => {
    const [x, y, z] = toCartesian(structure.lattice, wrapDifference(minus(fractional, origin)))
    return shifts.reduce((best, [a, b, c]) => Math.min(best, Math.hypot(x + a, y + b, z + c)), Infinity)
  })
}

/** Positions in Å, [ion][xyz], flat. */
export function flatPositions(structure: Structure): Float64Array {
  return Float64Array.from(cartesianAngstrom(structure).flat())
}

const steps = [-1, 0, 1]
const neighbouringCells: readonly Vector3[] = steps.flatMap((a) =>
  steps.flatMap((b) => steps.map((c): Vector3 => [a, b, c])),
)

function minus(a: Vector3, b: Vector3): Vector3 {
  return [a[0] - b[0], a[1] - b[1], a[2] - b[2]]
}
