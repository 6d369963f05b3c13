import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readPoscar } from '../../src/structure/poscar.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { dopant } from './command-line.ts'
import { li2mno3, mgoPoscar, poscar } from './structure-fixtures.ts'

const folder = temporaryFolder()

interface SlabJson {
  readonly termination: { readonly taskerType: string; readonly symmetricFaces: boolean }
  readonly thicknessAngstrom: number
  readonly distinctSites: readonly { readonly element: string; readonly face: string; readonly depthAngstrom: number }[]
  readonly structure: { readonly lattice: readonly (readonly number[])[]; readonly sites: readonly { mobile?: readonly boolean[] }[] }
}

async function slab(...words: string[]): Promise<SlabJson> {
  const { code, stdout, stderr } = await dopant(['structure', 'slab', li2mno3, '--json', ...words])
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  return JSON.parse(stdout) as SlabJson
}

describe('dopant structure slab', () => {
  it('lists the two terminations of Li2MnO3 (010): one without dipole, one of Tasker type III', async () => {
    const { stdout } = await dopant(['structure', 'slab', li2mno3, '--miller', '0', '1', '0', '--terminations'])

    expect(stdout).toMatch(/^T1 +MnLiO2 +MnLiO2 +II +0\.00 +equivalent +yes/m)
    expect(stdout).toMatch(/^T2 +MnLiO2 +Li2O2 +III +-4\.27 +different +yes/m)
    expect(stdout).not.toMatch(/^T3/m)
  })

  it('has 3 kinds of Mn, 7 of Li and 5 of O in the 1×1 slab of three repeats', async () => {
    const { distinctSites, thicknessAngstrom } = await slab('--miller', '0', '1', '0', '--repeats', '3')

    const kinds = (element: string): number => distinctSites.filter((site) => site.element === element).length
    expect({ Mn: kinds('Mn'), Li: kinds('Li'), O: kinds('O') }).toEqual({ Mn: 3, Li: 7, O: 5 })
    // Three trilayers of b/2 = 4.266 Å less the gap of 1.217 Å between two LiMnO2 planes.
    expect(thicknessAngstrom).toBeCloseTo(11.58, 2)
  })

  it('takes indices with commas, with the file behind them, and with four numbers', async () => {
    const plain = await dopant(['structure', 'slab', li2mno3, '--miller', '1', '-1', '0'])
    const commas = await dopant(['structure', 'slab', li2mno3, '--miller', '1,-1,0'])
    const behind = await dopant(['structure', 'slab', '--miller', '1', '-1', '0', li2mno3])
    const four = await dopant(['structure', 'slab', li2mno3, '--miller', '1', '-1', '0', '0'])

    expect(plain.stdout).toMatch(/^Li2 Mn O3 \(1 -1 0\)/)
    expect([commas.stdout, behind.stdout, four.stdout]).toEqual([plain.stdout, plain.stdout, plain.stdout])
  })

  it('gives the vacuum that was asked for, and images 8 Å apart', async () => {
    const made = await slab('--miller', '0', '1', '0', '--vacuum', '20', '--min-image', '8')

    const [a, b, c] = made.structure.lattice
    expect((c?.[2] ?? 0) - made.thicknessAngstrom).toBeCloseTo(20, 10)
    expect(Math.hypot(...(a ?? []))).toBeGreaterThanOrEqual(8)
    expect(Math.hypot(...(b ?? []))).toBeGreaterThanOrEqual(8)
    expect(made.structure.sites).toHaveLength(144)
  })

  it('freezes the middle repeat and leaves the faces free', async () => {
    const made = await slab('--miller', '0', '1', '0', '--freeze', 'centre')

    const frozen = made.structure.sites.filter(({ mobile }) => mobile?.[2] === false)
    expect(frozen).toHaveLength(12)
  })

  it('cures the polar (111) face of MgO by moving half a plane', async () => {
    const words = ['structure', 'slab', '-', '--miller', '1', '1', '1', '--supercell', '2', '1', '--repeats', '4', '--json']

    const polar = JSON.parse((await dopant(words, { stdin: mgoPoscar })).stdout) as SlabJson
    const cured = JSON.parse((await dopant([...words, '--reconstruct'], { stdin: mgoPoscar })).stdout) as SlabJson

    expect(polar.termination).toMatchObject({ taskerType: 'III', symmetricFaces: false })
    expect(cured.termination).toMatchObject({ taskerType: 'II', symmetricFaces: true })
    expect(cured.structure.sites).toHaveLength(polar.structure.sites.length)
  })

  it('writes a whole POSCAR with one block per element, and the summary to stdout', async () => {
    const { code, stdout, stderr } = await dopant(['structure', 'slab', li2mno3, '--miller', '0', '1', '0', '--out', 'made/slab.vasp'], { cwd: folder })

    const written = readPoscar(readFileSync(join(folder, 'made/slab.vasp'), 'utf8'))
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toMatch(/faces +equivalent, no formal dipole/)
    expect(written.species).toEqual([{ element: 'Mn', count: 6 }, { element: 'Li', count: 12 }, { element: 'O', count: 18 }])
    expect(readdirSync(join(folder, 'made'))).toEqual(['slab.vasp'])
  })

  it('cuts a right-handed slab from a left-handed cell and says what it saw', async () => {
    const positions = mgoPoscar.split('\n').slice(8, 16)
    const stdin = poscar('MgO', ['0 4.21 0', '4.21 0 0', '0 0 4.21'], 'Mg O', '4 4', positions)

    const { code, stdout, stderr } = await dopant(['structure', 'slab', '-', '--miller', '1', '0', '0', '--json'], { stdin })

    const [a = [], b = [], c = []] = (JSON.parse(stdout) as SlabJson).structure.lattice
    expect(code).toBe(0)
    expect(stderr).toContain('left-handed')
    expect(((a[0] ?? 0) * (b[1] ?? 0) - (a[1] ?? 0) * (b[0] ?? 0)) * (c[2] ?? 0)).toBeGreaterThan(0)
  })

  it.each([
    [['--miller', '0', '0', '0'], 'is not a surface', 'three whole numbers'],
    [['--miller', '0', '0', '1.5'], 'is not a surface', 'three whole numbers'],
    [[], '--miller is not given', '--miller 0 1 0'],
    [['--miller', '0', '1', '0', '--termination', 'T7'], 'no termination T7', 'T1 (MnLiO2 below'],
    [['--miller', '0', '1', '0', '--repeats', '0'], 'no atoms', 'at least one repeat'],
    [['--miller', '0', '1', '0', '--repeats', '10000'], '120000 atoms', 'fewer repeats'],
    [['--miller', '0', '1', '0', '--vacuum', '-3'], 'vacuum of -3', 'between 1 and 200'],
    [['--miller', '0', '1', '0', '--freeze', 'top'], '--freeze cannot be "top"', 'centre'],
    [['--miller', '0', '1', '0', '--repeats', '3', '--atoms', '50'], '--atoms cannot be', 'Leave out --repeats'],
  ])('refuses %j with a remedy and writes nothing', async (words, problem, remedy) => {
    const out = join(folder, 'refused.vasp')

    const { code, stdout, stderr } = await dopant(['structure', 'slab', li2mno3, ...words, '--out', out])

    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain(problem)
    expect(stderr).toContain(remedy)
    expect(existsSync(out)).toBe(false)
  })
})
