import type { PlannedCalculation } from '../planned-calculation.ts'

/** What decides how many orbitals there are, and at which k-points. */
type OrbitalPlan = Pick<PlannedCalculation, 'kMesh' | 'electronCount' | 'settings'>

/** Tags of a person that change the set: bands, spin components, k-points that symmetry leaves. */
const deciding = ['NBANDS', 'ISPIN', 'LNONCOLLINEAR', 'LSORBIT', 'ISYM', 'KSPACING', 'KGAMMA'] as const

/**
 * Do two runs on the same atoms have the same set of orbitals, so that the later may read the WAVECAR of the earlier?
 *
 * VASP reads one with another set too, but only what fits, and says so at most in a warning. The cutoff may differ: plane waves
 * are matched one by one.
 */
export function canReadOrbitals(before: OrbitalPlan, after: OrbitalPlan): boolean {
  const setOf = ({ kMesh, electronCount, settings: { ispin, isym, overrides } }: OrbitalPlan): string =>
    JSON.stringify([kMesh, electronCount, ispin, isym, deciding.map((tag) => overrides[tag] ?? null)])
  return setOf(before) === setOf(after)
}
