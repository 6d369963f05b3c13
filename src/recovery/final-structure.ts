import { toFractional, type Lattice } from '../structure/lattice.ts'
import type { Structure } from '../structure/structure.ts'
import type { Outcar } from '../vasp/output/outcar/outcar.ts'

/** The last geometry of the OUTCAR with the names of the plan; undefined when it is not whole. */
export function finalStructure(planned: Structure, { final }: Outcar): Structure | undefined {
  const positions = final?.positionsCartesianAngstrom
  if (positions?.length !== planned.sites.length || positions.length === 0) return undefined
  const lattice = (final?.latticeAngstrom as Lattice | undefined) ?? planned.lattice
  const sites = planned.sites.map((site, i) => ({
    ...site,
    fractional: toFractional(lattice, positions[i]!),
  }))
  return { ...planned, lattice, sites }
}
