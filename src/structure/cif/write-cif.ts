import { scale, type Vector3 } from '../../base/vector.ts'
import { cellParameters, signedVolumeAngstrom3, wrapFractional } from '../lattice.ts'
import { StructureNotFiniteError } from '../poscar-write.ts'
import { composition, type Site, type Structure } from '../structure.ts'

/**
 * CIF text in P1: every atom of the cell, order of sites kept.
 *
 * A CIF holds lengths and angles, so the cell may come back turned. A left-handed cell is written by its negated
 * vectors with negated coordinates: the same crystal, not its mirror image. Mobility and moments have no place in it.
 *
 * @throws StructureNotFiniteError for NaN or infinite numbers
 * @source CIF core dictionary, International Tables for Crystallography G (2005)
 */
export function writeCif(structure: Structure): string {
  const cell = cellParameters(structure.lattice)
  const sum = [...composition(structure)].map(([element, count]) => `${element}${count}`).join(' ')
  const lines = [
    `data_${blockName(structure.comment)}`,
    `_chemical_formula_sum  '${sum}'`,
    `_cell_length_a     ${decimals(cell.aAngstrom, 'a lattice vector')}`,
    `_cell_length_b     ${decimals(cell.bAngstrom, 'a lattice vector')}`,
    `_cell_length_c     ${decimals(cell.cAngstrom, 'a lattice vector')}`,
    `_cell_angle_alpha  ${decimals(cell.alphaDegrees, 'an angle')}`,
    `_cell_angle_beta   ${decimals(cell.betaDegrees, 'an angle')}`,
    `_cell_angle_gamma  ${decimals(cell.gammaDegrees, 'an angle')}`,
    `_cell_volume       ${decimals(Math.abs(signedVolumeAngstrom3(structure.lattice)), 'the volume')}`,
    `_space_group_name_H-M_alt  'P 1'`,
    `_space_group_IT_number     1`,
    'loop_\n_space_group_symop_operation_xyz\n  x,y,z',
    'loop_\n_atom_site_label\n_atom_site_type_symbol\n_atom_site_fract_x\n_atom_site_fract_y\n_atom_site_fract_z\n_atom_site_occupancy',
    ...siteLines(structure),
  ]
  return `${lines.join('\n')}\n`
}

function siteLines(structure: Structure): readonly string[] {
  const sign = signedVolumeAngstrom3(structure.lattice) < 0 ? -1 : 1
  const labels = uniqueLabels(structure.sites)
  return structure.sites.map((site, index) => {
    const [x, y, z] = wrapFractional(scale(site.fractional, sign)).map((value) =>
      decimals(value, `the position of atom ${index + 1} (${site.element})`),
    ) as unknown as Vector3
    return `  ${(labels[index] ?? '').padEnd(7)} ${site.element.padEnd(2)}  ${x}  ${y}  ${z}  1`
  })
}

/** The labels of the structure where all differ, else `Mn1`, `Mn2` … */
function uniqueLabels(sites: readonly Site[]): readonly string[] {
  const own = sites.map((site) => site.label ?? '')
  if (new Set(own).size === sites.length && own.every((label) => /^[A-Za-z][\w+-]*$/.test(label))) return own
  const counts = new Map<string, number>()
  return sites.map(({ element }) => {
    const number = (counts.get(element) ?? 0) + 1
    counts.set(element, number)
    return `${element}${number}`
  })
}

function blockName(comment: string): string {
  const name = comment.replace(/[^A-Za-z0-9_.()-]+/g, '_').replace(/^_+|_+$/g, '')
  return name === '' ? 'structure' : name.slice(0, 70)
}

function decimals(value: number, what: string): string {
  if (!Number.isFinite(value)) throw new StructureNotFiniteError(what)
  return value.toFixed(10)
}
