import type { Outcar } from '../../vasp/output/outcar/outcar.ts'
import type { PlannedRun } from '../run-evidence.ts'

// Coordinates are printed with eight digits, or six in the list of a file.
const tolerance = 1e-4

/**
 * The k-mesh of the run against the plan: every point lies on the planned Γ-centred mesh, and Γ weighs one part of all.
 *
 * Γ is equivalent to itself alone, so its weight is 1/N whatever the symmetry.
 */
export function meshDifference({ kMesh, incar }: PlannedRun, { kpoints }: Outcar): string | undefined {
  if (kpoints.points.length === 0 || incar['KSPACING'] !== undefined) return undefined
  const words = kMesh.join('×')
  const off = kpoints.points.find((point) =>
    kMesh.some((n, axis) => Math.abs(point[axis]! * n - Math.round(point[axis]! * n)) > tolerance * n),
  )
  if (off !== undefined) return `the k-point ${off.slice(0, 3).join(' ')} is not on the planned ${words} mesh`
  const gamma = kpoints.points.find((point) => Math.hypot(point[0], point[1], point[2]) < tolerance)
  if (gamma === undefined) return `Γ is missing from the k-points, planned ${words} around Γ`
  const all = kMesh[0] * kMesh[1] * kMesh[2]
  // Weights of a list are rounded to three decimals.
  const found = 1 / gamma[3]
  return Math.abs(found - all) <= 0.02 * all + 0.0006 * all * all
    ? undefined
    : `the mesh has ${found.toFixed(0)} points, planned ${all} (${words})`
}
