import type { Structure } from '../../structure/structure.ts'
import type { Incar } from './incar.ts'

/**
 * MAGMOM in POSCAR order from the moments of the sites, in μB; a site without one has 0.
 *
 * @param momentsMuB  overrides the sites' own, for instance the final moments of a relaxation, POSCAR order
 * @returns no tag when nothing has a moment: VASP would then start every atom at 1 μB, which the caller should know
 */
export function magmomTag(structure: Structure, momentsMuB?: readonly number[]): Incar {
  const moments = structure.sites.map((site, index) => momentsMuB?.[index] ?? site.magneticMomentMuB ?? 0)
  return moments.some((moment) => moment !== 0) ? { MAGMOM: moments.map(thousandths) } : {}
}

// OUTCAR gives moments to three decimals; more would suggest a precision that no start needs.
function thousandths(momentMuB: number): number {
  return Math.round(momentMuB * 1000) / 1000 + 0
}
