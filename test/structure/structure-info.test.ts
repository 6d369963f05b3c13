import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { loadSymmetryEngine } from '../../src/adapters/symmetry/moyo-from-package.ts'
import { readCif } from '../../src/structure/cif/read-cif.ts'
import { readExtxyz } from '../../src/structure/extxyz.ts'
import { structureInfo } from '../../src/structure/structure-info.ts'
import type { Structure } from '../../src/structure/structure.ts'

const host = readCif(readFileSync(resolve(import.meta.dirname, '../../structures/li2mno3.cif'), 'utf8')).structure

beforeAll(() => {
  loadSymmetryEngine()
})

describe('structureInfo', () => {
  it('tells what Li2MnO3 is', () => {
    const info = structureInfo(host)

    expect(info.formula).toBe('Mn4Li8O12')
    expect(info.reducedFormula).toBe('MnLi2O3')
    expect(info.spaceGroup).toEqual({ number: 12, symbol: 'C2/m', hallNumber: 63 })
    expect(info.orbits.map(({ element, wyckoff }) => `${element} ${wyckoff}`)).toEqual(['Mn 4g', 'Li 2b', 'Li 2c', 'Li 4h', 'O 4i', 'O 8j'])
    expect(info.densityGramPerCm3).toBeCloseTo(3.884, 3) // independent program
    expect(info.shortestDistances[0]).toMatchObject({ elements: ['Mn', 'O'] })
    expect(info.shortestDistances[0]?.distanceAngstrom).toBeCloseTo(1.904, 3)
    expect(info.shortestDistances.find(({ elements }) => elements.join() === 'O,O')?.distanceAngstrom).toBeCloseTo(2.543, 3)
    expect(info.oxidationStates.states?.slice(0, 5)).toEqual([4, 4, 4, 4, 1])
    expect(info.warnings).toEqual([])
  })

  it('warns of a left-handed cell and of overlapping atoms, and goes on', () => {
    const [a, b, c] = host.lattice
    const left: Structure = { ...host, lattice: [a, [-b[0], -b[1], -b[2]], c] }
    const crowded: Structure = { ...host, sites: [...host.sites, { element: 'Al', fractional: [0.01, 0.167, 0] }] }

    expect(structureInfo(left).warnings.join()).toMatch(/left-handed/)
    expect(structureInfo(left).spaceGroup?.number).toBe(12)
    expect(structureInfo(crowded).warnings.join()).toMatch(/atoms 1 and 25 \(Al–Mn\) are only 0.0\d+ Å apart/)
  })

  it('says that a structure is not usable instead of computing nonsense', () => {
    const broken = (change: Partial<Structure>) => structureInfo({ ...host, ...change })

    expect(broken({ sites: [] }).warnings).toEqual(['there are no atoms'])
    expect(broken({ sites: [{ element: 'Li', fractional: [NaN, 0, 0] }] }).warnings.join()).toMatch(/position of atom 1 \(Li\) is not a number/)
    const flat = broken({ lattice: [[1, 0, 0], [0, 1, 0], [1, 1, 0]] })
    expect(flat.warnings.join()).toMatch(/no volume/)
    expect(flat.spaceGroup).toBeUndefined()
  })
})

describe('readExtxyz', () => {
  const frame = `2\nLattice="4 0 0 0 4 0 0 0 4" Properties=species:S:1:pos:R:3:magmoms:R:1 energy=-1.5 pbc="T T T"\nMn 0 0 0 3.1\nO 2 2.0 1 0\n`

  it('reads every frame with lattice, positions, moments and what the comment line says', () => {
    const frames = readExtxyz(frame + frame)

    expect(frames).toHaveLength(2)
    expect(frames[1]?.structure.sites).toEqual([
      { element: 'Mn', fractional: [0, 0, 0], magneticMomentMuB: 3.1 },
      { element: 'O', fractional: [0.5, 0.5, 0.25], magneticMomentMuB: 0 },
    ])
    expect(frames[0]?.info['energy']).toBe('-1.5')
    expect(frames[0]?.info['pbc']).toBe('T T T')
  })

  it('keeps frozen atoms of a move_mask', () => {
    const text = `1\nLattice="4 0 0 0 4 0 0 0 4" Properties=species:S:1:pos:R:3:move_mask:L:1\nLi 0 0 1 F\n`

    expect(readExtxyz(text)[0]?.structure.sites[0]?.mobile).toEqual([false, false, false])
  })

  it.each([
    ['a molecule', frame.replace(/Lattice="[^"]*"/, ''), /line 2: there is no lattice/],
    ['a lattice of eight numbers', frame.replace('4 0 0 0 4', '4 0 0 4'), /line 2: the lattice/],
    ['a word for a coordinate', frame.replace('2 2.0 1', '2 two 1'), /line 4: "O 2 two 1 0"/],
    ['an unknown element', frame.replace('Mn', 'Xx'), /line 3/],
    ['a frame that is cut short', frame.replace('O 2 2.0 1 0\n', ''), /line 4: "end of file"|line 4/],
    ['no number of atoms', 'two\n', /line 1: expected the number of atoms/],
    ['an empty file', '', /empty/],
  ])('refuses %s', (_, text, message) => {
    expect(() => readExtxyz(text)).toThrow(message)
  })
})
