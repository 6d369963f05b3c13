import { toFractional } from '../../structure/lattice.ts'
import { writePoscar } from '../../structure/poscar.ts'
import { withSites, type Structure } from '../../structure/structure.ts'

/** The structure with the atoms at new positions; sites keep their order and selective dynamics. */
export function movedStructure(structure: Structure, positions: Float64Array): Structure {
  const sites = structure.sites.map((site, i) => ({
    ...site,
    fractional: toFractional(structure.lattice, [
      positions[3 * i]!,
      positions[3 * i + 1]!,
      positions[3 * i + 2]!,
    ]),
  }))
  return withSites(structure, sites)
}

export function contcarText(structure: Structure, positions: Float64Array): string {
  return writePoscar(movedStructure(structure, positions))
}
