import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { beforeAll, describe, expect, it } from 'vitest'
import { loadSymmetryEngine } from '../../../src/adapters/symmetry/moyo-from-package.ts'
import { readHost } from '../../../src/app/plan/read-host.ts'
import { formula } from '../../../src/structure/structure.ts'
import { temporaryFolder } from '../../temporary-folder.ts'

const folder = temporaryFolder()
const poscar = 'MgO\n1.0\n4.21 0 0\n0 4.21 0\n0 0 4.21\nMg O\n1 1\nDirect\n0 0 0\n.5 .5 .5\n'
const extxyz = '2\nLattice="4.21 0 0 0 4.21 0 0 0 4.21" Properties=species:S:1:pos:R:3\nMg 0 0 0\nO 2.105 2.105 2.105\n'
const cif = 'data_x\n_cell_length_a 4.21\n_cell_length_b 4.21\n_cell_length_c 4.21\n_cell_angle_alpha 90\n_cell_angle_beta 90\n_cell_angle_gamma 90\n_symmetry_space_group_name_H-M "P 1"\nloop_\n_atom_site_type_symbol\n_atom_site_fract_x\n_atom_site_fract_y\n_atom_site_fract_z\nMg 0 0 0\nO .5 .5 .5\n'

function written(name: string, content: string | Uint8Array): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

describe('the host of a screen', () => {
  beforeAll(loadSymmetryEngine)

  it.each([
    ['POSCAR', poscar],
    ['trajectory.xyz', extxyz],
    ['POSCAR.gz', gzipSync(poscar)],
    ['host.cif.gz', gzipSync(cif)],
    ['named-wrongly.vasp', cif],
    ['with-a-mark.cif', `\uFEFF${cif}`],
  ])('is read from %s, whose content tells what it is', async (name, content) => {
    const host = await readHost(written(name, content))

    expect(formula(host)).toBe('MgO')
    expect(host.lattice[0][0]).toBeCloseTo(4.21, 12)
  })

  it('is refused with its name, what is wrong and what to do', async () => {
    const path = written('flat.vasp', poscar.replace('0 0 4.21', '4.21 0 0'))

    await expect(readHost(path)).rejects.toMatchObject({
      code: 'HOST_UNREADABLE',
      message: expect.stringContaining(path) as string,
      remedy: expect.stringContaining('line 5') as string,
    })
    await expect(readHost(join(folder, 'nowhere.cif'))).rejects.toMatchObject({ code: 'FILE_MISSING' })
    await expect(readHost(written('empty.cif', ''))).rejects.toMatchObject({ code: 'FILE_EMPTY' })
  })
})
