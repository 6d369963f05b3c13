import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { bondsOf, effectiveCoordination } from '../../src/analysis/bonds.ts'
import { bondRule } from '../../src/analysis/bond-rule.ts'
import { indicesOf } from '../../src/analysis/formal-states.ts'
import {
  impliedCoordination,
  paperBondLength,
  paperBondLengths,
} from '../../src/analysis/paper-reference-data.ts'
import { latticeFromParameters } from '../../src/structure/lattice.ts'
import { readPoscar } from '../../src/structure/poscar.ts'
import type { Structure } from '../../src/structure/structure.ts'
import { sharedFolder } from '../structure/shared-files.ts'

const states = { Li: 1, Mn: 4, O: -2, B: 3 }
const structures = sharedFolder('structures')

function shared(name: string): Structure {
  return readPoscar(readFileSync(join(structures!, name), 'utf8')).structure
}

function coordinationOf(structure: Structure, element: string, formal = states): number[] {
  return indicesOf(structure, element).map((index) => bondsOf(structure, index, formal).coordinationNumber)
}

/** Monoclinic LiMnO2, C2/m, 5.4387 2.80857 5.3878 Å, 116.006°. Armstrong and Bruce, Nature 381, 499 (1996); O from the same phase. */
const monoclinicLiMnO2: Structure = {
  comment: 'LiMnO2',
  lattice: latticeFromParameters({ aAngstrom: 5.4387, bAngstrom: 2.80857, cAngstrom: 5.3878, alphaDegrees: 90, betaDegrees: 116.006, gammaDegrees: 90 }),
  sites: [
    { element: 'Mn', fractional: [0, 0, 0] }, { element: 'Mn', fractional: [0.5, 0.5, 0] },
    { element: 'Li', fractional: [0, 0.5, 0.5] }, { element: 'Li', fractional: [0.5, 0, 0.5] },
    { element: 'O', fractional: [0.2732, 0, 0.7726] }, { element: 'O', fractional: [0.7268, 0, 0.2274] },
    { element: 'O', fractional: [0.7732, 0.5, 0.7726] }, { element: 'O', fractional: [0.2268, 0.5, 0.2274] },
  ],
} // prettier-ignore

describe('bonds by bond valence', () => {
  it.skipIf(structures === undefined)('give six oxygens to every Mn and Li of bulk Li2MnO3', () => {
    const bulk = shared('Li2MnO3_C2m_conv.vasp')

    expect(new Set(coordinationOf(bulk, 'Mn'))).toEqual(new Set([6]))
    expect(new Set(coordinationOf(bulk, 'Li'))).toEqual(new Set([6]))
    const manganese = bondsOf(bulk, indicesOf(bulk, 'Mn')[0]!, states)
    expect(manganese.meanAngstrom).toBeGreaterThan(1.89)
    expect(manganese.meanAngstrom).toBeLessThan(1.93)
    expect(manganese.bondValenceSum).toBeGreaterThan(3.6)
    expect(manganese.effectiveCoordination).toBeCloseTo(6, 1)
  })

  it.skipIf(structures === undefined)('leave four oxygens to Mn at the (010) surface and six below', () => {
    const slab = shared('Li2MnO3_010_T1_n3_2x2.vasp')
    const counts = coordinationOf(slab, 'Mn')

    expect(new Set(counts)).toEqual(new Set([4, 6]))
    expect(counts.filter((count) => count === 4)).toHaveLength(8)
  })

  it.skipIf(structures === undefined)(
    'do not depend on the cell: the 1×1 slab, where images bond, has the same counts',
    () => {
      const share = (name: string) => {
        const counts = coordinationOf(shared(name), 'Mn')
        return counts.filter((count) => count === 4).length / counts.length
      }

      expect(share('Li2MnO3_010_T1_n3_1x1.vasp')).toBe(share('Li2MnO3_010_T1_n3_2x2.vasp'))
    },
  )

  it('keep the two long bonds of Jahn–Teller Mn3+ in monoclinic LiMnO2', () => {
    const manganese = bondsOf(monoclinicLiMnO2, 0, { ...states, Mn: 3 })

    const lengths = manganese.bonds.map((bond) => bond.lengthAngstrom)
    expect(manganese.coordinationNumber).toBe(6)
    expect(lengths.filter((length) => length < 2)).toHaveLength(4)
    expect(lengths.filter((length) => length > 2.25 && length < 2.35)).toHaveLength(2)
    expect(manganese.effectiveCoordination).toBeLessThan(5)
  })

  it('count several images of one ion as several bonds', () => {
    // Rock salt in its primitive cell: one oxygen, six bonds.
    const primitive: Structure = {
      comment: 'MgO',
      lattice: [[0, 2.105, 2.105], [2.105, 0, 2.105], [2.105, 2.105, 0]],
      sites: [{ element: 'Mg', fractional: [0, 0, 0] }, { element: 'O', fractional: [0.5, 0.5, 0.5] }],
    } // prettier-ignore

    const magnesium = bondsOf(primitive, 0, { Mg: 2, O: -2 })

    expect(magnesium.coordinationNumber).toBe(6)
    expect(new Set(magnesium.bonds.map((bond) => bond.image.join())).size).toBe(6)
    expect(magnesium.meanAngstrom).toBeCloseTo(2.105, 10)
    expect(bondsOf(primitive, 1, { Mg: 2, O: -2 }).coordinationNumber).toBe(6)
  })

  it('do not bond like to like', () => {
    const oxygen = bondsOf(monoclinicLiMnO2, 4, { ...states, Mn: 3 })

    expect(new Set(oxygen.bonds.map((bond) => bond.element))).toEqual(new Set(['Mn', 'Li']))
  })

  it('are empty, without numbers, for an ion alone', () => {
    const alone: Structure = { comment: '', lattice: [[20, 0, 0], [0, 20, 0], [0, 0, 20]], sites: [{ element: 'B', fractional: [0, 0, 0] }] } // prettier-ignore

    expect(bondsOf(alone, 0, states)).toMatchObject({
      coordinationNumber: 0,
      meanAngstrom: null,
      bondValenceSum: null,
      effectiveCoordination: null,
    })
  })
})

describe('the rule for a bond', () => {
  it('is a bond valence of 0.04 of the formal charge', () => {
    // R0(B3+–O) = 1.371 Å: 1.371 − 0.37 ln 0.12 = 2.155 Å.
    expect(bondRule('B', 3, 'O').cutoffAngstrom).toBeCloseTo(2.155, 3)
  })

  it.each([['B', 1.8], ['P', 2.08], ['S', 2.05], ['Si', 2.12], ['Al', 2.24]] as const)(
    'falls back to 1.2 × the covalent radii without a charge: %s–O %f Å',
    (element, expected) => {
      const rule = bondRule(element, undefined, 'O')

      expect(rule.kind).toBe('covalent-radii')
      expect(rule.cutoffAngstrom).toBeCloseTo(expected, 1)
    },
  ) // prettier-ignore
})

describe('the effective coordination number', () => {
  it('is the number of bonds when all are equally long', () => {
    expect(effectiveCoordination([1.9, 1.9, 1.9, 1.9, 1.9, 1.9])).toBeCloseTo(6, 12)
    expect(effectiveCoordination([])).toBeNull()
  })

  it('of a bond far longer than the others is nearly nothing', () => {
    expect(effectiveCoordination([1.4, 1.4, 1.4, 2.8])).toBeCloseTo(3, 2)
  })
})

describe('the paper’s mean lengths', () => {
  it.each([['B', 2.35], ['P', 4.3], ['S', 4.3], ['Si', 5.6], ['Al', 6.4], ['Mn', 5.95]] as const)(
    'imply for %s a coordination of %f',
    (element, expected) => expect(impliedCoordination(paperBondLength(element)!)).toBeCloseTo(expected, 1),
  ) // prettier-ignore

  it('are six, none of them longer than 1.90 Å', () => {
    expect(paperBondLengths).toHaveLength(6)
    expect(Math.max(...paperBondLengths.map((entry) => entry.meanAngstrom))).toBe(1.9)
  })
})
