import { beforeAll, describe, expect, it } from 'vitest'
import { loadSymmetryEngine } from '../../../src/adapters/symmetry/moyo-from-package.ts'
import { isKnownError } from '../../../src/base/known-error.ts'
import { cifCoordinate, cifNumber } from '../../../src/structure/cif/cif-number.ts'
import { readCif } from '../../../src/structure/cif/read-cif.ts'
import { operationsOfSetting, settingOfHallSymbol, settingsOfName, spaceGroupSettings } from '../../../src/structure/cif/space-group-settings.ts'
import { readSymop } from '../../../src/structure/cif/symop-text.ts'
import { processorMilliseconds } from '../processor-time.ts'
import { formula } from '../../../src/structure/structure.ts'
import { analyseSymmetry } from '../../../src/structure/symmetry.ts'

beforeAll(() => {
  loadSymmetryEngine()
})

describe('readCif', () => {
  it('builds rock salt from a name alone', () => {
    const { structure, spaceGroupSymbol } = readCif(cif({ group: `_symmetry_space_group_name_H-M 'F m -3 m'` }))

    expect(formula(structure)).toBe('Mg4O4')
    expect(spaceGroupSymbol).toBe('F m -3 m')
    expect(analyseSymmetry(structure).spaceGroupNumber).toBe(225)
  })

  it.each([
    ['a number', '_space_group_IT_number 225'],
    ['a Hall symbol', `_space_group_name_Hall '-F 4 2 3'`],
    ['a name without blanks', '_space_group_name_H-M_alt Fm-3m'],
    ['an old name', `_symmetry_space_group_name_H-M 'F m 3 m'`],
    ['a full name', `_symmetry_space_group_name_H-M 'F 4/m -3 2/m'`],
    ['a dotted name of the newer dictionary', '_space_group.IT_number 225'],
  ])('takes the symmetry from %s', (_, group) => {
    expect(formula(readCif(cif({ group })).structure)).toBe('Mg4O4')
  })

  it('chooses the origin of diamond that the formula asks for', () => {
    const silicon = (x: string) => cif({ group: `_symmetry_space_group_name_H-M 'F d -3 m'`, formula: 'Si', atoms: `Si1 Si ${x} ${x} ${x}` })

    // Wyckoff 8a: 0 0 0 with the first origin, 1/8 1/8 1/8 with the second
    for (const x of ['0', '0.125']) {
      const crystal = readCif(silicon(x).replace('_cell_formula_units_Z 4', ''))
      expect(crystal.structure.sites.length % 8).toBe(0)
      expect(analyseSymmetry(crystal.structure).spaceGroupNumber).toBe(227)
    }
    expect(readCif(silicon('0').replace('F d -3 m', 'F d -3 m S')).structure.sites).toHaveLength(8)
    expect(readCif(silicon('0.125').replace('F d -3 m', 'F d -3 m :2')).structure.sites).toHaveLength(8)
  })

  it('takes rhombohedral axes for a rhombohedral cell and hexagonal axes for a hexagonal one', () => {
    const alumina = (cell: string, atoms: string) =>
      readCif(cif({ cell, group: `_symmetry_space_group_name_H-M 'R -3 c'`, formula: 'Al2 O3', atoms })).structure

    const hexagonal = alumina('4.759 4.759 12.991 90 90 120', 'Al1 Al 0 0 0.35216\nO1 O 0.30624 0 0.25')
    const rhombohedral = alumina('5.128 5.128 5.128 55.28 55.28 55.28', 'Al1 Al 0.35216 0.35216 0.35216\nO1 O 0.55624 -0.05624 0.25')

    expect([formula(hexagonal), formula(rhombohedral)]).toEqual(['Al12O18', 'Al4O6'])
    expect(analyseSymmetry(rhombohedral).spaceGroupNumber).toBe(167)
  })

  it('moves 0.3333 onto the threefold axis, so that the orbit has its two atoms', () => {
    const group = `_symmetry_space_group_name_H-M 'P 63 m c'`
    const atoms = 'Zn1 Zn2+ 0.333 0.667 0\nO1 O2- 0.3333 0.6667 0.3821(3)'

    const { structure } = readCif(cif({ cell: '3.2495 3.2495 5.2069 90 90 120', group, formula: 'Zn O', atoms }))

    expect(formula(structure)).toBe('Zn2O2')
    expect(structure.sites[0]).toEqual({ element: 'Zn', fractional: [1 / 3, 2 / 3, 0], oxidationState: 2 })
  })

  it('gathers coarse coordinates beside a special position into one orbit', () => {
    const atoms = 'Mg1 Mg 0.002 0 0\nO1 O 0.5 0.498 0.5'

    expect(formula(readCif(cif({ group: '_space_group_IT_number 225', atoms })).structure)).toBe('Mg4O4')
  })

  it('refuses partial occupancies and names the sites', () => {
    const atoms = 'Li1 Li 0 0 0 0.8\nNi1 Ni 0 0 0 0.2\nO1 O 0.5 0.5 0.5 1'

    expect(() => readCif(cif({ atoms, occupancy: true }))).toThrow(/disordered: Li1 \(occupancy 0.8\), Ni1/)
  })

  it('refuses two elements at one place even when both are called full', () => {
    expect(() => readCif(cif({ atoms: 'Li1 Li 0 0 0\nNi1 Ni 0 0 0' }))).toThrow(/Li1 and Ni1 at one position/)
  })

  it('refuses a hydrate without its hydrogen', () => {
    const text = cif({ formula: 'Mg H2 O2', atoms: 'Mg1 Mg 0 0 0\nO1 O 0.3 0.3 0.3\nO2 O 0.7 0.7 0.7', group: '' })

    expect(() => readCif(text.replace('units_Z 4', 'units_Z 1'))).toThrow(/asks for 2 hydrogen atoms in the cell, the atom list gives 0/)
  })

  it('leaves dummies and empty sites out with a warning, and reads deuterium as hydrogen', () => {
    const { structure, warnings } = readCif(cif({ atoms: 'D1 D 0 0 0 1\nX1 . 0.5 0.5 0.5 1\nLi1 Li 0.2 0 0 0', occupancy: true, group: '' }))

    expect(formula(structure)).toBe('H')
    expect(warnings.join()).toMatch(/X1 left out.*Li1 left out: occupancy 0.*deuterium/)
  })

  it('takes the block it is told, or the first with atoms and says which others there are', () => {
    const text = `data_global\n_audit x\n${cif({})}\n${cif({ atoms: 'Si1 Si 0 0 0', formula: 'Si' }).replace('data_test', 'data_second')}`

    expect(readCif(text).warnings.join()).toContain('block "test" was taken; others with atoms are in: test, second')
    expect(formula(readCif(text, { block: 'second' }).structure)).toBe('Si4')
    expect(() => readCif(text, { block: 'third' })).toThrow(/Choose|third/)
  })

  it('reads quotes, comments, text fields and odd spacing as the grammar has them', () => {
    const text = `#\\#CIF_1.1\r\nDATA_q\r\n_title\r\n;it's\r\n loop_ _cell_length_a 99\r\n;\r\n_note 'O5'' is "quoted"' # no _cell_length_a 7\r\n` +
      `_cell_length_a 4.21(1) _cell_length_b 4.21 _CELL_LENGTH_C 4.21\r\nLOOP_ _atom_site_label _atom_site_fract_x _atom_site_fract_y _atom_site_fract_z Po1 0 0 0`

    const { structure, dataBlock } = readCif(text)

    expect([dataBlock, formula(structure), structure.lattice[0][0]]).toEqual(['q', 'Po', 4.21])
  })

  it('reads a magnetic CIF as its nuclear structure', () => {
    const group = 'loop_\n_space_group_symop_magn_operation_xyz\nx,y,z,+1\n-x,-y,-z,-1\nloop_\n_space_group_symop_magn_centering_xyz\nx,y,z,+1\nx+1/2,y+1/2,z,-1'

    expect(formula(readCif(cif({ group, atoms: 'Mn1 Mn 0 0 0', formula: 'Mn' })).structure)).toBe('Mn2')
  })

  it.each([
    ['an operator of a superspace group', { group: "_symmetry_equiv_pos_as_xyz 'x1,x2,x3,x4'" }, /operator "x1,x2,x3,x4"/],
    ['a name that is none', { group: "_symmetry_space_group_name_H-M 'Q 7'" }, /no space group is called "Q 7"/],
    ['a water molecule as an atom', { atoms: 'Ow H2O 0 0 0' }, /"H2O" of Ow is not an element/],
    ['a coordinate that is no number', { atoms: 'Mg1 Mg 0 nan 0' }, /position of Mg1 is "0 nan 0"/],
    ['a cell without volume', { cell: '4 4 4 60 60 120' }, /no volume/],
    ['a cell length of zero', { cell: '4 0 4 90 90 90' }, /_cell_length_b.*is 0/],
    ['a list that stops in a row', { atoms: 'Mg1 Mg 0 0' }, /different lengths/],
  ])('refuses %s', (_, change, message) => {
    expect(() => readCif(cif(change))).toThrow(message)
  })

  it('refuses text that is no CIF', () => {
    expect(() => readCif('hello world')).toThrow(/line 1: "hello" stands before any data block/)
    expect(() => readCif('data_x\n_a\n;never ends')).toThrow(/line 3: the text .* never ends/)
    expect(() => readCif('')).toThrow(/no data block has atom positions/)
  })

  it('takes about twice as long for twice the loop, up to 10 MB, and no notice of names like __proto__', () => {
    const row = 'a1 0.123456 0.234567 0.345678 "a b" ?\n'
    const hostile = (rows: number) =>
      `${cif({})}\nloop_\n_geom_a\n_geom_x\n_geom_y\n_geom_z\n__proto__\n_constructor\n${row.repeat(rows)}${"'".repeat(rows)}`
    const milliseconds = (rows: number) => {
      const text = hostile(rows)
      return processorMilliseconds(() => readCif(text))
    }
    milliseconds(2_000)

    const [small, large] = [milliseconds(65_000), milliseconds(270_000)]

    expect(hostile(270_000).length).toBeGreaterThan(1e7)
    expect(large).toBeLessThan(12 * small + 100)
    expect(large).toBeLessThan(5_000)
  })
})

describe('hostile CIFs', () => {
  it.each([
    ['300 000 operators', () => cif({ group: `loop_\n_symmetry_equiv_pos_as_xyz\n${"'x,y,z'\n".repeat(300_000)}` }), /300000 symmetry operators/],
    ['an operator of a megabyte', () => cif({ group: `_symmetry_equiv_pos_as_xyz '${'x+'.repeat(500_000)}y'` }), /is not understood/],
    ['a group name of blanks', () => cif({ group: `_symmetry_space_group_name_H-M '${' '.repeat(1e6)}x'` }), /./],
    ['an element symbol of a megabyte', () => cif({ atoms: `Mg1 '${'a+'.repeat(500_000)}1' 0 0 0` }), /disordered/],
    ['300 000 atoms', () => cif({ group: '', atoms: Array.from({ length: 300_000 }, (_, i) => `O O ${(i % 70) / 70} ${(Math.floor(i / 70) % 70) / 70} ${i / 300_000}`).join('\n') }), /more than 100000 atoms/],
  ])('are refused in seconds: %s', (_, text, message) => {
    const written = text()

    const milliseconds = processorMilliseconds(() => {
      expect(refusal(() => readCif(written))).toMatch(message)
    })

    expect(milliseconds).toBeLessThan(5_000)
  })
})

describe('the 530 settings', () => {
  it('are all found again by their Hall symbol with as many operations', () => {
    for (const setting of spaceGroupSettings()) {
      const found = settingOfHallSymbol(setting.hallSymbol)
      expect(found?.number).toBe(setting.number)
      expect(operationsOfSetting(setting).length).toBeGreaterThan(0)
    }
  })

  it('are all found again by their full name, and no name means two groups', () => {
    for (const setting of spaceGroupSettings()) {
      const found = settingsOfName(setting.fullName)
      expect(found.map((other) => other.hallNumber)).toContain(setting.hallNumber)
      expect(new Set(found.map((other) => other.number)).size).toBe(1)
    }
  })

  it.each([
    ['P 21/c', 14], ['P 21/n', 14], ['P 1 21/a 1', 14], ['C12/m1', 12], ['A b a 2', 41], ['C m c a', 64], ['Cmce', 64],
    ['P a 3', 205], ['F d 3 m', 227], ['I a 3 d', 230], ['P m 3 n', 223], ['I 21 3', 199], ['P 43 3 2', 212], ['R -3 m H', 166],
    ['R 3 2', 155], ['P 21 n b', 33], ['I -4 3 m', 217], ['P 6_3/m m c', 194], ['F -4 3 c', 219], ['F 2 3', 196], ['P 3 2 1', 150],
    ['P 31 1 2', 151], ['P -3 1 m', 162], ['F d 3', 203], ['I m 3', 204], ['P 2 3', 195],
  ])('read %s as number %i', (name, number) => {
    expect(settingsOfName(name)[0]?.number).toBe(number)
  })
})

describe('numbers and operators', () => {
  it('drops uncertainties and keeps signs, fractions and exponents', () => {
    expect(['4.937(2)', '-.5', '1/3', '1.5e-3(2)', '0.', '12'].map((text) => cifNumber(text)?.value)).toEqual([4.937, -0.5, 1 / 3, 0.0015, 0, 12])
    expect(['abc', '1,5', '', '--1', '1.2.3'].map((text) => cifNumber(text))).toEqual(Array(5).fill(undefined))
  })

  it('takes 0.3333 for one third, but 0.3333(2) for what was measured', () => {
    expect(cifCoordinate('0.3333')).toBe(1 / 3)
    expect(cifCoordinate('-0.16667')).toBe(-1 / 6)
    expect(cifCoordinate('0.3333(2)')).toBe(0.3333)
    expect(cifCoordinate('0.3340')).toBe(0.334)
  })

  it.each([
    ['-x+1/2,y,z-0.5', [-1, 0, 0], 0.5],
    [' 1/2-X , Y+Z, Z', [-1, 0, 0], 0.5],
    ['+x-y,x,z+.33333', [1, -1, 0], 0],
    ['2/3+x,1/3+y,1/3+z', [1, 0, 0], 2 / 3],
  ])('reads the operator %s', (text, row, shift) => {
    expect(readSymop(text)?.rotation[0]).toEqual(row)
    expect(readSymop(text)?.translation[0]).toBeCloseTo(shift, 12)
  })
})

/** The message of a foreseen refusal; anything else that is thrown fails the test. */
function refusal(call: () => unknown): string {
  try {
    call()
  } catch (error) {
    if (isKnownError(error)) return error.message
    throw error
  }
  return 'read'
}

interface CifParts {
  readonly cell?: string
  readonly group?: string
  readonly formula?: string
  readonly atoms?: string
  readonly occupancy?: boolean
}

function cif({ cell = '4.21 4.21 4.21 90 90 90', group = '_space_group_IT_number 225', ...parts }: CifParts): string {
  const names = ['length_a', 'length_b', 'length_c', 'angle_alpha', 'angle_beta', 'angle_gamma']
  const sizes = cell.split(' ').map((value, index) => `_cell_${names[index]} ${value}`)
  const columns = ['label', 'type_symbol', 'fract_x', 'fract_y', 'fract_z', ...(parts.occupancy ? ['occupancy'] : [])]
  const atoms = parts.atoms ?? 'Mg1 Mg 0 0 0\nO1 O 0.5 0.5 0.5'
  const text = parts.formula ?? (parts.atoms === undefined ? 'Mg O' : '?')
  return [
    'data_test',
    `_chemical_formula_sum ${text === '?' ? text : `'${text}'`}`,
    parts.formula === undefined && parts.atoms !== undefined ? '' : '_cell_formula_units_Z 4',
    ...sizes,
    group,
    'loop_',
    ...columns.map((column) => `_atom_site_${column}`),
    atoms,
  ].join('\n')
}
