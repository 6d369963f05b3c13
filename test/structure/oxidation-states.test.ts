import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { loadSymmetryEngine } from '../../src/adapters/symmetry/moyo-from-package.ts'
import { isKnownError } from '../../src/base/known-error.ts'
import { readCif } from '../../src/structure/cif/read-cif.ts'
import { guessOxidationStates } from '../../src/structure/oxidation-states.ts'
import type { Structure } from '../../src/structure/structure.ts'
import { sharedFolder } from './shared-files.ts'

const cifs = sharedFolder('cifs')

beforeAll(() => {
  loadSymmetryEngine()
})

describe('guessOxidationStates', () => {
  it('finds Li+, Mn4+ and O2- in Li2MnO3', () => {
    const host = readCif(readFileSync(resolve(import.meta.dirname, '../../structures/li2mno3.cif'), 'utf8')).structure

    expect(table(bare(host))).toEqual({ Li: [1], Mn: [4], O: [-2] })
  })

  it('keeps charges that the structure carries when they cancel', () => {
    const salt = rockSalt('Mg', 'O', 4.21)
    const marked = { ...salt, sites: salt.sites.map((s) => ({ ...s, oxidationState: s.element === 'Mg' ? 2 : -2 })) }

    expect(guessOxidationStates(marked)).toMatchObject({ reason: 'as the structure gives them' })
  })

  it.each([
    ['Mg', 'O', 4.212, { Mg: [2], O: [-2] }],
    ['Mn', 'O', 4.445, { Mn: [2], O: [-2] }],
    ['Na', 'Cl', 5.64, { Na: [1], Cl: [-1] }],
    ['Li', 'F', 4.026, { Li: [1], F: [-1] }],
  ])('knows the ions of rock salt %s%s with a = %f Å', (cation, anion, a, expected) => {
    expect(table(rockSalt(cation, anion, a))).toEqual(expected)
  })

  it('says why it cannot: a metal, mixed valence, bonds that do not fit', () => {
    expect(guessOxidationStates(rockSalt('Ni', 'Ti', 4)).reason).toMatch(/no anions/)
    expect(guessOxidationStates(rockSalt('Mg', 'O', 6.5)).reason).toMatch(/does not fit the bonds/)
    expect(guessOxidationStates(rockSalt('Li', 'Br', 5.5)).reason).toMatch(/no bond-valence parameters for Li/)
    const missing = rockSalt('Mg', 'O', 4.21)
    expect(guessOxidationStates({ ...missing, sites: missing.sites.slice(1) }).reason).toMatch(/no choice of states is neutral/)
  })

  it.skipIf(cifs === undefined)('agrees with the charges that the authors of CIFs gave', () => {
    const wrong: string[] = []
    let agreeing = 0
    for (const { file, structure } of readable(cifs ?? '')) {
      const given = structure.sites.map((site) => site.oxidationState)
      if (given.some((state) => state === undefined) || Math.abs(given.reduce((x = 0, y = 0) => x + y, 0) ?? 1) > 1e-6) continue
      const { states, reason } = guessOxidationStates(bare(structure))
      if (states !== undefined && states.every((state, i) => state === given[i])) agreeing += 1
      else wrong.push(`${file}: ${states === undefined ? reason : JSON.stringify(table(bare(structure)))} given ${JSON.stringify(table(structure))}`)
    }

    expect(agreeing).toBe(11)
    // A covalent nitride with Fe–N bonds far too short for ions, and a compound without parameters: refused, not guessed.
    expect(wrong.map((line) => line.split(':')[0])).toEqual(['FeN_mp-6988.cif', 'icsd_TeI.cif'])
  })
})

function table(structure: Structure): Record<string, number[]> {
  const { states = [] } = guessOxidationStates(structure)
  const found: Record<string, number[]> = {}
  structure.sites.forEach(({ element }, i) => {
    found[element] = [...new Set([...(found[element] ?? []), states[i] ?? NaN])].sort((x, y) => x - y)
  })
  return found
}

function bare(structure: Structure): Structure {
  return { ...structure, sites: structure.sites.map(({ element, fractional }) => ({ element, fractional })) }
}

function rockSalt(cation: string, anion: string, a: number): Structure {
  const positions = [[0, 0, 0], [0, 0.5, 0.5], [0.5, 0, 0.5], [0.5, 0.5, 0]] as const
  const sites = [
    ...positions.map((fractional) => ({ element: cation, fractional })),
    ...positions.map(([x, y, z]) => ({ element: anion, fractional: [x + 0.5, y, z] as const })),
  ]
  return { comment: cation + anion, lattice: [[a, 0, 0], [0, a, 0], [0, 0, a]], sites }
}

function readable(folder: string): { file: string; structure: Structure }[] {
  const { entries } = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as { entries: { file: string }[] }
  return entries.flatMap(({ file }) => {
    try {
      return [{ file, structure: readCif(readFileSync(join(folder, file), 'utf8')).structure }]
    } catch (error) {
      if (isKnownError(error)) return []
      throw error
    }
  })
}
