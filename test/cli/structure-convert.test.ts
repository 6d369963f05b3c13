import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readCif } from '../../src/structure/cif/read-cif.ts'
import { readExtxyz } from '../../src/structure/extxyz.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { dopant } from './command-line.ts'
import { li2mno3, limno2Cif, mgoPoscar, poscar } from './structure-fixtures.ts'

const folder = temporaryFolder()
const inFolder = { cwd: folder }

async function match(...words: string[]): Promise<{ code: number; stdout: string }> {
  return dopant(['structure', 'match', ...words], inFolder)
}

describe('dopant structure convert', () => {
  it.each(['li.cif', 'li.vasp', 'li.xyz'])('writes %s and reads the same crystal back', async (name) => {
    await dopant(['structure', 'convert', li2mno3, '--out', name], inFolder)

    const { code, stdout } = await match(li2mno3, name)

    expect(code).toBe(0)
    expect(stdout).toMatch(/moved +rms 0\.0000 Å, at most 0\.0000 Å/)
  })

  it('keeps frozen atoms and moments on the way through extended XYZ', async () => {
    const stdin = mgoPoscar.replace('Direct', 'Selective dynamics\nDirect').replace(/^(\d.*)$(?=\n0|\n$)/gm, '$1')
    const lines = stdin.split('\n').map((line, i) => (i > 8 && line !== '' ? `${line} ${i === 9 ? 'F F F' : 'T T T'}` : line))

    const { stdout } = await dopant(['structure', 'convert', '-', '--format', 'extxyz'], { stdin: lines.join('\n') })

    const sites = readExtxyz(stdout)[0]?.structure.sites
    expect(stdout).toContain('move_mask:L:1')
    expect(sites?.map(({ mobile }) => mobile?.[0])).toEqual([false, true, true, true, true, true, true, true])
  })

  it('turns no hand into the other when a left-handed cell becomes a CIF', async () => {
    // Four different atoms around a corner: a chiral arrangement.
    const positions = ['0 0 0', '0.3 0 0', '0 0.4 0', '0 0 0.45']
    const left = poscar('chiral', ['0 5 0', '5 0 0', '0 0 5'], 'C F Cl Br', '1 1 1 1', positions)

    const { stdout } = await dopant(['structure', 'convert', '-', '--format', 'cif'], { stdin: left })

    // Cl is along x, F along y and Br along z of the left-handed cell: F × Cl points away from Br.
    const { structure } = readCif(stdout)
    const [c, f, cl, br] = structure.sites.map(({ fractional }) => fractional.map((x) => x - Math.round(x)))
    const from = (site: readonly number[] | undefined, k: number): number => (site?.[k] ?? 0) - (c?.[k] ?? 0)
    const handedness = [0, 1, 2].map((k) => from(f, k) + from(cl, k) + from(br, k)).reduce((product, x) => product * Math.sign(x), 1)
    expect(handedness).toBe(-1)
  })

  it('gives the primitive and the conventional cell', async () => {
    const primitive = await dopant(['structure', 'convert', '-', '--cell', 'primitive', '--json'], { stdin: mgoPoscar })
    const back = await dopant(['structure', 'convert', '-', '--cell', 'conventional', '--json'], {
      stdin: (await dopant(['structure', 'convert', '-', '--cell', 'primitive'], { stdin: mgoPoscar })).stdout,
    })

    expect(JSON.parse(primitive.stdout)).toMatchObject({ formula: 'MgO', atoms: 2 })
    expect(JSON.parse(back.stdout)).toMatchObject({ formula: 'Mg4O4', atoms: 8 })
  })

  it('gathers the blocks of an element, which VASP would take for two species', async () => {
    const stdin = poscar('x', ['4 0 0', '0 4 0', '0 0 4'], 'Mg O Mg O', '1 1 1 1', ['0 0 0', '.5 0 0', '.5 .5 0', '0 .5 0'])

    const { stdout } = await dopant(['structure', 'convert', '-'], { stdin })

    expect(stdout.split('\n').slice(5, 7).map((line) => line.trim().split(/ +/))).toEqual([['Mg', 'O'], ['2', '2']])
  })
})

describe('dopant structure supercell', () => {
  it('reads a CIF that gives its space group by name only', async () => {
    const { code, stderr } = await dopant(['structure', 'supercell', '-', '--repeats', '1', '2', '1'], { stdin: limno2Cif })

    expect(code).toBe(0)
    expect(stderr).toContain('Mn4Li4O8, 16 atoms')
  })

  it('takes three repeats or nine numbers', async () => {
    const plain = await dopant(['structure', 'supercell', li2mno3, '--repeats', '2', '1', '2', '--json'])
    const matrix = await dopant(['structure', 'supercell', '-', '--repeats', '1', '1', '0', '-1', '1', '0', '0', '0', '1', '--json'], { stdin: mgoPoscar })

    expect(JSON.parse(plain.stdout)).toMatchObject({ atoms: 96 })
    expect(JSON.parse(matrix.stdout)).toMatchObject({ atoms: 16 })
  })

  it.each([
    [[], '--repeats is not given', 'three repeats'],
    [['--repeats', '2', '2'], '--repeats cannot be', 'three repeats'],
    [['--repeats', '1.5', '1', '1'], 'not whole numbers', 'positive whole repeats'],
    [['--repeats', '1', '0', '0', '1', '0', '0', '0', '0', '1'], 'determinant is zero', 'determinant is not zero'],
    [['--repeats', '300', '300', '300'], 'the limit is 100000', 'fewer repeats'],
  ])('refuses %j with a remedy', async (words, problem, remedy) => {
    const { code, stderr } = await dopant(['structure', 'supercell', li2mno3, ...words])

    expect(code).toBe(2)
    expect(stderr).toContain(problem)
    expect(stderr).toContain(remedy)
  })
})

describe('dopant structure match', () => {
  it('knows a supercell, and a shifted origin with the atoms in another order', async () => {
    await dopant(['structure', 'supercell', li2mno3, '--repeats', '1', '2', '1', '--out', 'double.cif'], inFolder)
    const shifted = mgoPoscar.split('\n').map((line, i) => (i > 7 && line !== '' ? line.split(' ').map((x) => Number(x) + 0.13).join(' ') : line))
    writeFileSync(join(folder, 'a.vasp'), mgoPoscar)
    writeFileSync(join(folder, 'b.vasp'), [...shifted.slice(0, 8), shifted[9], shifted[8], ...shifted.slice(10)].join('\n'))

    expect(await match(li2mno3, 'double.cif')).toMatchObject({ code: 0, stdout: expect.stringContaining('primitive cells') as string })
    expect(await match('a.vasp', 'b.vasp')).toMatchObject({ code: 0 })
  })

  it('measures how far the atoms have moved', async () => {
    const moved = mgoPoscar.replace('0 0 0\n', '0.01 0 0\n')
    writeFileSync(join(folder, 'a.vasp'), mgoPoscar)
    writeFileSync(join(folder, 'moved.vasp'), moved)

    const { stdout } = await match('a.vasp', 'moved.vasp', '--json')

    // One of eight atoms by 0.0421 Å; the mean, an eighth of that, is taken out.
    const { match: found } = JSON.parse(stdout) as { match: { maxDisplacementAngstrom: number; rmsDisplacementAngstrom: number } }
    expect(found.maxDisplacementAngstrom).toBeCloseTo((0.0421 * 7) / 8, 6)
    expect(found.rmsDisplacementAngstrom).toBeCloseTo((0.0421 * Math.sqrt(7)) / 8, 6)
  })

  it.each([
    ['another composition', mgoPoscar.replace('Mg O', 'Ca O'), 'the compositions differ'],
    ['a larger cell', mgoPoscar.replaceAll('4.21', '4.6'), 'the same arrangement in another cell'],
    ['an atom elsewhere', mgoPoscar.replace('0 0 0\n', '0.2 0.1 0\n'), 'differ by more than 0.1 Å'],
  ])('ends with 1 for %s', async (_, other, reason) => {
    writeFileSync(join(folder, 'a.vasp'), mgoPoscar)
    writeFileSync(join(folder, 'other.vasp'), other)

    const { code, stdout } = await match('a.vasp', 'other.vasp')

    expect(code).toBe(1)
    expect(stdout).toMatch(/^different/)
    expect(stdout).toContain(reason)
  })
})

describe('a structure that cannot be used', () => {
  const cubic = ['4 0 0', '0 4 0', '0 0 4']
  const cases: readonly (readonly [string, string, string, string])[] = [
    ['nothing', '', 'standard input is empty', 'Send a file'],
    ['a flat cell', poscar('x', ['4 0 0', '0 4 0', '4 4 0'], 'Mg', '1', ['0 0 0']), 'a volume of zero', 'line 5'],
    ['NaN', poscar('x', cubic, 'Mg', '1', ['0 NaN 0']), 'three numbers', 'line 9'],
    ['an unknown element', poscar('x', cubic, 'Qq', '1', ['0 0 0']), '"Qq"', 'not an element'],
    ['too few atoms', poscar('x', cubic, 'Mg', '2', ['0 0 0']), 'Mg atom', 'line 10'],
    ['a molecule', '2\n\nH 0 0 0\nH 0 0 0.74\n', 'no lattice', 'Lattice='],
    ['a CIF without atoms', 'data_x\n_cell_length_a 4\n_cell_length_b 4\n', 'no data block has atom positions', '_atom_site'],
    ['packed bytes', 'BZh91AY&SY\u0000\u0001', 'packed', 'gzip'],
  ]

  it.each(cases)('is refused with a remedy: %s', async (_, stdin, problem, remedy) => {
    for (const command of [['info'], ['convert'], ['neighbours'], ['slab', '--miller', '1', '0', '0'], ['supercell', '--repeats', '2', '2', '2']]) {
      const [name = '', ...options] = command
      const { code, stdout, stderr } = await dopant(['structure', name, '-', ...options], { stdin })

      expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
      expect(stderr).toContain(problem)
      expect(stderr).toContain(remedy)
    }
  })

  it('is refused where atoms overlap, and shown with a warning by info', async () => {
    const stdin = poscar('x', cubic, 'Mg O', '1 2', ['0 0 0', '.5 .5 .5', '.5 .5 .55'])

    for (const command of [['neighbours'], ['slab', '--miller', '1', '0', '0'], ['dope', '--replace', 'Mg', '--with', 'Al'], ['supercell', '--repeats', '2', '2', '2']]) {
      const [name = '', ...options] = command
      const refused = await dopant(['structure', name, '-', ...options], { stdin })
      expect(refused).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('O 2 and O 3 at 0.20 Å') as string })
    }
    const shown = await dopant(['structure', 'info', '-'], { stdin })
    expect(shown.code).toBe(0)
    expect(shown.stdout).toMatch(/warning: atoms 2 and 3 \(O–O\) are only 0\.200 Å apart/)
  })

  it('is asked for where no file is named or it is not there', async () => {
    expect(await dopant(['structure', 'info'])).toMatchObject({ code: 2, stderr: expect.stringContaining('No file is named') as string })
    expect(await dopant(['structure', 'info', 'nowhere.cif'], inFolder)).toMatchObject({ code: 2, stderr: expect.stringContaining('There is no file') as string })
  })

  it('leaves no file where writing was refused', async () => {
    const { code, stdout, stderr } = await dopant(['structure', 'convert', li2mno3, '--format', 'pdb'])

    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain('"pdb" is no format')
  })
})

describe('the structure commands', () => {
  it('each have a help with an example that names it', async () => {
    for (const name of ['info', 'slab', 'dope', 'delithiate', 'supercell', 'convert', 'neighbours', 'match']) {
      const { code, stdout } = await dopant(['structure', name, '--help'])

      expect(code).toBe(0)
      expect(stdout).toContain('--json')
      expect(stdout).toMatch(new RegExp(`Example:\\n +\\$ .*dopant structure ${name} `))
    }
  })

  it('help with a name that was misspelt', async () => {
    expect(await dopant(['structure', 'neigbours', 'x'])).toMatchObject({ code: 2, stderr: expect.stringContaining('Did you mean neighbours?') as string })
    expect((await dopant(['help', 'structure', 'match'])).stdout).toContain('--tolerance')
  })

  it('read a POSCAR whose comment is a number', async () => {
    const { code } = await dopant(['structure', 'info', '-'], { stdin: mgoPoscar.replace('MgO', '12') })

    expect(code).toBe(0)
  })

  it('write what is on disk as what is on stdout', async () => {
    const { stdout } = await dopant(['structure', 'convert', li2mno3])
    await dopant(['structure', 'convert', li2mno3, '--out', 'same.vasp'], inFolder)

    expect(readFileSync(join(folder, 'same.vasp'), 'utf8')).toBe(stdout)
  })
})
