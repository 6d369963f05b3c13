import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { loadSymmetryEngine } from '../../src/adapters/symmetry/moyo-from-package.ts'
import { isKnownError } from '../../src/base/known-error.ts'
import { determinant, multiply, type Matrix3 } from '../../src/base/matrix.ts'
import { seededRandom } from '../../src/base/seeded-random.ts'
import { conventionalCell, inAxes, primitiveCell, reducedCell } from '../../src/structure/cells.ts'
import { readCif } from '../../src/structure/cif/read-cif.ts'
import { operationsOfSetting, settingsOfNumber } from '../../src/structure/cif/space-group-settings.ts'
import { cifSites } from '../../src/structure/cif/cif-orbits.ts'
import { cellParameters, latticeFromParameters, volumeAngstrom3, type CellParameters } from '../../src/structure/lattice.ts'
import { reducedLattice } from '../../src/structure/lattice-reduction.ts'
import { matchStructures } from '../../src/structure/match.ts'
import { makeSupercell } from '../../src/structure/supercell.ts'
import type { Structure } from '../../src/structure/structure.ts'
import { analyseSymmetry } from '../../src/structure/symmetry.ts'
import { sharedFolder } from './shared-files.ts'

const cifs = sharedFolder('cifs')
const host = readCif(readFileSync(resolve(import.meta.dirname, '../../structures/li2mno3.cif'), 'utf8')).structure

beforeAll(() => {
  loadSymmetryEngine()
})

describe('cells of one crystal', () => {
  it('gives back 4.937, 8.532, 5.030 Å and 109.46° for Li2MnO3 from any cell of it', () => {
    const oddCells = [host, primitiveCell(host), makeSupercell(host, [2, 1, 1]), inAxes(host, [[1, 0, 1], [0, 1, 0], [-1, 1, 0]])]

    for (const cell of oddCells) {
      const { aAngstrom, bAngstrom, cAngstrom, betaDegrees } = cellParameters(conventionalCell(cell).lattice)
      expect([aAngstrom, bAngstrom, cAngstrom].map((x) => Number(x.toFixed(3)))).toEqual([4.937, 8.532, 5.03])
      expect(betaDegrees).toBeCloseTo(109.46, 6)
    }
  })

  it('finds the primitive cell of 12 atoms in a supercell of 96', () => {
    const primitive = primitiveCell(makeSupercell(host, [2, 1, 2]))

    expect(primitive.sites).toHaveLength(12)
    expect(matchStructures(primitive, primitiveCell(host))?.rmsDisplacementAngstrom).toBeLessThan(1e-6)
  })

  it('brings every space group back to its standard cell from its reduced primitive cell', () => {
    const wrong: string[] = []
    for (let number = 1; number <= 230; number++) {
      const crystal = crystalOfGroup(number)
      if (analyseSymmetry(crystal).spaceGroupNumber !== number) wrong.push(`${number}: the test crystal`)
      const conventional = conventionalCell(primitiveCell(crystal))
      const sameVolume = Math.abs(volumeAngstrom3(conventional.lattice) / volumeAngstrom3(crystal.lattice) - 1) < 1e-6
      const fits = number <= 2 || sameLengths(conventional, crystal, number)
      const same = matchStructures(conventional, crystal) !== undefined
      if (!sameVolume || !fits || !same) wrong.push(`${number}: ${text(conventional)} for ${text(crystal)} ${sameVolume} ${same}`)
    }

    expect(wrong).toEqual([])
  })

  it('keeps volume, handedness and lattice when it reduces, and reduces once for all', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const random = seededRandom(`lattice ${seed}`)
        const row = () => [random() * 9 - 4.5, random() * 9 - 4.5, random() * 9 - 4.5] as const
        const lattice: Matrix3 = [row(), row(), row()]
        fc.pre(volumeAngstrom3(lattice) > 1)

        const { lattice: reduced, transformation } = reducedLattice(lattice)

        expect(determinant(transformation)).toBeCloseTo(1, 9)
        expect(determinant(reduced) / determinant(lattice)).toBeCloseTo(1, 6)
        const [a, b, c] = reduced.map((row) => Math.hypot(...row)) as [number, number, number]
        expect(a).toBeLessThanOrEqual(b + 1e-3)
        expect(b).toBeLessThanOrEqual(c + 1e-3)
        const shortest = shortestLengths(multiply(transformation, lattice))
        expect(a).toBeCloseTo(shortest, 2)
        const scrambled = multiply([[1, 2, 0], [0, 1, 0], [1, 0, 1]], reduced)
        const again = Object.values(cellParameters(reducedLattice(scrambled).lattice))
        Object.values(cellParameters(reduced)).slice(0, 3).forEach((x, k) => expect(again[k]).toBeCloseTo(x, 2))
      }),
      { numRuns: 200 },
    )
  })

  it.skipIf(cifs === undefined)('keeps group, composition and atoms of real crystals', () => {
    const wrong: string[] = []
    for (const file of filesOf(cifs ?? '')) {
      const crystal = readable(file)
      if (crystal === undefined || crystal.sites.length > 150) continue
      const group = analyseSymmetry(crystal).spaceGroupNumber
      const [primitive, conventional] = [primitiveCell(crystal), conventionalCell(crystal)]
      const ratio = volumeAngstrom3(conventional.lattice) / volumeAngstrom3(primitive.lattice)
      const whole = Math.abs(ratio - Math.round(ratio)) < 1e-6 && [1, 2, 3, 4].includes(Math.round(ratio))
      const groups = [primitive, conventional, reducedCell(crystal)].map((cell) => analyseSymmetry(cell).spaceGroupNumber)
      const density = conventional.sites.length / volumeAngstrom3(conventional.lattice)
      const sameDensity = Math.abs((density * volumeAngstrom3(crystal.lattice)) / crystal.sites.length - 1) < 1e-6
      if (!whole || groups.some((g) => g !== group) || !sameDensity) wrong.push(`${file}: ${group} ${groups} ratio ${ratio} ${sameDensity}`)
    }

    expect(wrong).toEqual([])
  })
})

/** Atoms of three kinds in general positions, in the standard setting with axes a < b < c where they are free. */
function crystalOfGroup(number: number): Structure {
  const [setting] = settingsOfNumber(number)
  if (setting === undefined) throw new Error(`no setting of ${number}`)
  const lattice = latticeFromParameters(cellOfSystem(number))
  const atom = (label: string, element: string, x: number, y: number, z: number) => ({ label, species: { element, isDeuterium: false }, fractional: [x, y, z] as const })
  const atoms = [atom('Na1', 'Na', 0.0731, 0.1907, 0.3323), atom('O1', 'O', 0.1812, 0.0543, 0.1371), atom('F1', 'F', 0.2714, 0.1213, 0.0519)]
  const { sites } = cifSites(atoms, operationsOfSetting(setting), lattice)
  return { comment: `group ${number}`, lattice, sites }
}

function cellOfSystem(number: number): CellParameters {
  const cell = (a: number, b: number, c: number, alpha = 90, beta = 90, gamma = 90): CellParameters => ({
    aAngstrom: a, bAngstrom: b, cAngstrom: c, alphaDegrees: alpha, betaDegrees: beta, gammaDegrees: gamma,
  })
  if (number <= 2) return cell(9, 10, 11, 95, 100, 105)
  if (number <= 15) return cell(9, 11, 12, 90, 101, 90)
  if (number <= 74) return cell(11, 13, 14)
  if (number <= 142) return cell(15, 15, 19)
  if (number <= 194) return cell(15, 15, 21, 90, 90, 120)
  return cell(24, 24, 24)
}

// Cells of polar or axis-symmetric groups may exchange axes that the group does not tell apart; lengths decide.
function sameLengths(found: Structure, expected: Structure, number: number): boolean {
  const [f, e] = [cellParameters(found.lattice), cellParameters(expected.lattice)]
  const lengths = (c: CellParameters) => [c.aAngstrom, c.bAngstrom, c.cAngstrom]
  const close = lengths(f).every((x, k) => Math.abs(x - (lengths(e)[k] ?? NaN)) < 1e-6)
  return close && (number > 15 || Math.abs(f.betaDegrees - e.betaDegrees) < 1e-6)
}

function shortestLengths(lattice: Matrix3): number {
  let least = Infinity
  for (let i = -4; i <= 4; i++) for (let j = -4; j <= 4; j++) for (let k = -4; k <= 4; k++)
    if (i !== 0 || j !== 0 || k !== 0) least = Math.min(least, Math.hypot(...[0, 1, 2].map((x) => i * (lattice[0][x as 0] ?? 0) + j * (lattice[1][x as 0] ?? 0) + k * (lattice[2][x as 0] ?? 0))))
  return least
}

function text({ lattice }: Structure): string {
  return Object.values(cellParameters(lattice)).map((x: number) => x.toFixed(2)).join(' ')
}

function filesOf(folder: string): string[] {
  const { entries } = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as { entries: { file: string }[] }
  return entries.map((entry) => entry.file)
}

function readable(file: string): Structure | undefined {
  try {
    return readCif(readFileSync(join(cifs ?? '', file), 'utf8')).structure
  } catch (error) {
    if (isKnownError(error)) return undefined
    throw error
  }
}
