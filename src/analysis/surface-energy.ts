import { cross, norm } from '../base/vector.ts'
import { assertComparable, DifferentCompositionError, type EnergyRun } from './energies.ts'
import { composition } from '../structure/structure.ts'

/** 1 eV/Å² in J/m². */
export const joulePerSquareMetre = 16.021766

/**
 * γ = (E_slab − n E_bulk) / 2A in J/m²: the mean of both faces, so that of each where a symmetry operation relates them.
 *
 * @param slab  a whole number n of bulk cells, or a fraction of one
 * @throws DifferentCompositionError for a slab off the bulk's stoichiometry, IncomparableRunsError
 * @source Boettger, Phys. Rev. B 49, 16798 (1994), with the energy of a separate bulk calculation
 */
export function surfaceEnergyJPerM2(slab: EnergyRun, bulk: EnergyRun): number {
  assertComparable(slab, bulk)
  const [a, b] = slab.structure.lattice
  const areaAngstrom2 = norm(cross(a, b))
  const excessEv = slab.energySigmaToZeroEv - multiplesOf(slab, bulk) * bulk.energySigmaToZeroEv
  return (excessEv / (2 * areaAngstrom2)) * joulePerSquareMetre
}

function multiplesOf(slab: EnergyRun, bulk: EnergyRun): number {
  const [inSlab, inBulk] = [composition(slab.structure), composition(bulk.structure)]
  const ratio = slab.structure.sites.length / bulk.structure.sites.length
  const isMultiple = [...new Set([...inSlab.keys(), ...inBulk.keys()])].every(
    (element) => Math.abs((inSlab.get(element) ?? 0) - ratio * (inBulk.get(element) ?? 0)) < 1e-9,
  )
  if (!isMultiple) throw new DifferentCompositionError(slab, bulk)
  return ratio
}
