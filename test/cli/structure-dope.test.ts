import { describe, expect, it } from 'vitest'
import { add, norm, type Vector3 } from '../../src/base/vector.ts'
import { toCartesian, wrapDifference } from '../../src/structure/lattice.ts'
import type { Structure } from '../../src/structure/structure.ts'
import { dopant } from './command-line.ts'
import { li2mno3, mgoPoscar } from './structure-fixtures.ts'

interface DopedJson {
  readonly structure: Structure
  readonly dopants: readonly number[]
  readonly replaced: readonly string[]
  readonly chargeBalance: number
}

const surface = ['--miller', '0', '1', '0']

async function dope(...words: string[]): Promise<DopedJson> {
  const { code, stdout, stderr } = await dopant(['structure', 'dope', li2mno3, '--json', ...words])
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  return JSON.parse(stdout) as DopedJson
}

describe('dopant structure dope', () => {
  it('puts boron on surface Mn of both faces, one dopant the mirror image of the other', async () => {
    const doped = await dope(...surface, '--replace', 'Mn', '--with', 'B', '--both-faces', '--off-centre', '0.4', '--rattle', '0.03')

    const [first, second] = doped.dopants.map((index) => doped.structure.sites[index])
    const sum = add(first?.fractional ?? [0, 0, 0], second?.fractional ?? [0, 0, 0])
    expect(doped.replaced).toEqual(['Mn-1', 'Mn-6'])
    expect([first?.element, second?.element]).toEqual(['B', 'B'])
    // Related by inversion at the middle of the slab (z = 1/2), so that the sum of both is a lattice point or half of one.
    expect(norm(toCartesian(doped.structure.lattice, wrapDifference([2 * sum[0], 2 * sum[1], sum[2]] as Vector3)))).toBeLessThan(1e-6)
    // Mn4+ by B3+ twice: two holes.
    expect(doped.chargeBalance).toBe(-2)
  })

  it('gives the same atoms for the same seed and others for another', async () => {
    const words = [...surface, '--label', 'Mn-1', '--with', 'Al', '--rattle', '0.05', '--seed']

    const [a, b, c] = [await dope(...words, '7'), await dope(...words, '7'), await dope(...words, '8')]

    expect(b).toEqual(a)
    expect(c.structure.sites).not.toEqual(a.structure.sites)
  })

  it('finds the shallowest, the next and the deepest Mn', async () => {
    const replaced = async (depth: string): Promise<readonly string[]> =>
      (await dope(...surface, '--replace', 'Mn', '--with', 'Al', '--depth', depth)).replaced

    expect(await replaced('surface')).toEqual(['Mn-1'])
    expect(await replaced('subsurface')).toEqual(['Mn-2'])
    expect(await replaced('centre')).toEqual(['Mn-3'])
  })

  it('knows depths and faces of a slab that was built elsewhere, whichever way it lies', async () => {
    const { stdout: made } = await dopant(['structure', 'slab', li2mno3, ...surface])
    const shifted = made.replace(/^ +([\d.]+ +[\d.]+) +([\d.]+) (\w+-\d+)$/gm, (_, inPlane: string, z: string, label: string) => `${inPlane} ${(Number(z) + 0.5) % 1} ${label}`)

    const { stdout } = await dopant(['structure', 'dope', '-', '--sites'], { stdin: shifted })

    expect(stdout).toMatch(/^Mn-1 .* 0\.10 +surface +both +4 +2 +Mn-1 Mn-6$/m)
    expect(stdout.match(/^Li-/gm)).toHaveLength(7)
  })

  it('replaces an atom by its number, and gathers the elements', async () => {
    const { stdout, stderr } = await dopant(['structure', 'dope', '-', '--atom', '2', '--with', 'Al'], { stdin: mgoPoscar })

    expect(stderr).toMatch(/Al \(\+3\) on Mg-2, atom 4\n/)
    expect(stderr).toContain('+1 e: 1 electron to place')
    expect(stdout.split('\n').slice(5, 7).map((line) => line.trim().split(/ +/))).toEqual([['Mg', 'Al', 'O'], ['3', '1', '4']])
  })

  it('has 4, 8, 8 and 4 empty tetrahedra in the conventional cell of Li2MnO3', async () => {
    const { stdout } = await dopant(['structure', 'dope', li2mno3, '--voids', '--json'])

    const { voids } = JSON.parse(stdout) as { voids: { name: string; place: { multiplicity: number } }[] }
    const numbers = voids.filter(({ name }) => name.startsWith('tetrahedral')).map(({ place }) => place.multiplicity)
    expect(numbers.sort((a, b) => a - b)).toEqual([4, 4, 8, 8])
  })

  it('fills a void and counts the charge it brings', async () => {
    const doped = await dope('--void', 'tetrahedral-1', '--with', 'Mg')

    expect(doped.structure.sites).toHaveLength(25)
    expect(doped.chargeBalance).toBe(2)
  })

  it('lists the distinct pairs and writes the one that is chosen', async () => {
    const words = ['structure', 'dope', '-', '--replace', 'Mg', '--with', 'Al', '--count', '2']

    const list = await dopant([...words, '--json'], { stdin: mgoPoscar })
    const made = await dopant([...words, '--choice', '1'], { stdin: mgoPoscar })

    // Any two of the four fcc sites are neighbours: one kind of pair, 4·3/2 = 6 of them.
    const { choices } = JSON.parse(list.stdout) as { choices: { multiplicity: number; nearestPairAngstrom: number }[] }
    expect(choices).toHaveLength(1)
    expect(choices[0]).toMatchObject({ multiplicity: 6 })
    expect(choices[0]?.nearestPairAngstrom).toBeCloseTo(4.21 / Math.SQRT2, 6)
    expect(made.stderr).toContain('Mg2Al2O4')
  })

  it.each([
    [['--replace', 'Fe', '--with', 'Al'], 'no Fe', 'Mn, Li, O'],
    [['--replace', 'Li', '--with', 'Mg'], '3 distinct ones', '--label Li-1 (2b)'],
    [['--label', 'Mn-9', '--with', 'Al'], 'no site Mn-9', 'Did you mean'],
    [['--atom', '44', '--with', 'Al'], 'no site 44', 'Mn-1 … O-12'],
    [['--replace', 'Mn', '--with', 'Xx'], '"Xx" is not an element', 'from H to Lr'],
    [['--replace', 'Mn'], '--with is not given', '--with B'],
    [['--replace', 'Mn', '--with', 'Al', '--states', 'Al=three'], '"Al=three"', 'Li=1 Mn=4'],
    [['--void', 'cubic-1', '--with', 'Mg'], '--void cannot be "cubic-1"', 'tetrahedral-1'],
    [[...surface, '--replace', 'Mn', '--with', 'Al', '--rattle', '3'], '--rattle cannot be', 'from 0 to 0.5'],
    [[...surface, '--atom', '1', '--with', 'Al'], '--atom cannot be', 'Use --label'],
    [['--replace', 'Li', '--with', 'Mg', '--count', '9'], 'choice of 9 out of 8', 'from 1 to 8'],
  ])('refuses %j with a remedy', async (words, problem, remedy) => {
    const { code, stdout, stderr } = await dopant(['structure', 'dope', li2mno3, ...words])

    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain(problem)
    expect(stderr).toContain(remedy)
  })
})

describe('dopant structure delithiate', () => {
  it('takes the outer plane of lithium from both faces', async () => {
    const { stdout } = await dopant(['structure', 'delithiate', li2mno3, ...surface, '--json'])

    const removed = JSON.parse(stdout) as { labels: string[]; removedCount: number; chargeBalance: number; structure: Structure }
    expect(removed.labels).toEqual(['Li-1', 'Li-12'])
    expect(removed.structure.sites).toHaveLength(34)
    expect(removed.chargeBalance).toBe(-2)
  })

  it('takes the same planes from a finished slab', async () => {
    const { stdout: slab } = await dopant(['structure', 'slab', li2mno3, ...surface])

    const { stderr } = await dopant(['structure', 'delithiate', '-', '--planes', '2', '--faces', 'top'], { stdin: slab })

    expect(stderr).toMatch(/removed +3 Li: Li-1 Li-2 Li-3\n/)
  })

  it('lists the distinct ways to take two lithium out of the bulk', async () => {
    const { stdout } = await dopant(['structure', 'delithiate', li2mno3, '--count', '2', '--json'])

    // All pairs of eight sites, each class counted as often as it is equivalent.
    const { choices } = JSON.parse(stdout) as { choices: { multiplicity: number }[] }
    expect(choices.reduce((sum, { multiplicity }) => sum + multiplicity, 0)).toBe(28)
  })

  it.each([
    [['--planes', '1'], 'not a slab', '--miller'],
    [['--element', 'Na'], 'no Na', 'Mn, Li, O'],
    [[...surface, '--planes', '40'], 'Cannot remove 40 planes', '1 to'],
  ])('refuses %j with a remedy', async (words, problem, remedy) => {
    const { code, stderr } = await dopant(['structure', 'delithiate', li2mno3, ...words])

    expect(code).toBe(2)
    expect(stderr).toContain(problem)
    expect(stderr).toContain(remedy)
  })
})
