import { writeCif } from '../../structure/cif/write-cif.ts'
import { writeExtxyz } from '../../structure/extxyz-write.ts'
import { writePoscar } from '../../structure/poscar.ts'
import { inSpeciesOrder } from '../../structure/species-order.ts'
import type { Structure } from '../../structure/structure.ts'
import type { StructureFormat } from './structure-format.ts'

/**
 * A structure as a file. For a POSCAR the atoms are gathered into one block per element, because VASP counts a second
 * block of an element as another species; labels stand behind the positions, where VASP does not read.
 *
 * @throws StructureNotFiniteError
 */
export function structureText(structure: Structure, format: StructureFormat): string {
  if (format === 'cif') return writeCif(structure)
  if (format === 'extxyz') return writeExtxyz(structure)
  const labels = structure.sites.some((site) => site.label !== undefined)
  return writePoscar(inSpeciesOrder(structure).structure, { labels })
}
