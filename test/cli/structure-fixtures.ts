import { resolve } from 'node:path'

export const li2mno3 = resolve(import.meta.dirname, '../../structures/li2mno3.cif')

/**
 * Layered, monoclinic LiMnO2 in the cell of Armstrong and Bruce, Nature 381, 499 (1996), with oxygen where it makes four
 * short and two long bonds to Mn3+. By hand: the long one is 0.272 a − 0.229 c, 1.4793² + 1.2338² + 2·1.4793·1.2338·cos
 * 63.994° = 2.305² Å²; the short one 0.228 a, b/2, 0.229 c: 1.921 Å.
 */
export const limno2Cif = `data_LiMnO2
_cell_length_a 5.4387
_cell_length_b 2.80857
_cell_length_c 5.3878
_cell_angle_alpha 90
_cell_angle_beta 116.006
_cell_angle_gamma 90
_symmetry_space_group_name_H-M 'C 1 2/m 1'
loop_
_atom_site_label
_atom_site_type_symbol
_atom_site_fract_x
_atom_site_fract_y
_atom_site_fract_z
Mn1 Mn 0 0 0
Li1 Li 0 0.5 0.5
O1 O 0.2720 0 0.7710
`

/** MgO at 4.21 Å, conventional cell. */
export const mgoPoscar = poscar('MgO', ['4.21 0 0', '0 4.21 0', '0 0 4.21'], 'Mg O', '4 4', [
  '0 0 0', '0 0.5 0.5', '0.5 0 0.5', '0.5 0.5 0',
  '0.5 0.5 0.5', '0.5 0 0', '0 0.5 0', '0 0 0.5',
])

export function poscar(
  comment: string,
  lattice: readonly string[],
  elements: string,
  counts: string,
  positions: readonly string[],
): string {
  return [comment, '1.0', ...lattice, elements, counts, 'Direct', ...positions, ''].join('\n')
}
