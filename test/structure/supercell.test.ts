import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { determinant, type Matrix3 } from '../../src/base/matrix.ts'
import { cosetRepresentatives, hermiteNormalForm, planeBasis } from '../../src/structure/integer-lattice.ts'
import { volumeAngstrom3 } from '../../src/structure/lattice.ts'
import { neighboursWithin } from '../../src/structure/neighbours.ts'
import { formula, type Structure } from '../../src/structure/structure.ts'
import { makeSupercell, StructureTooLargeError, SupercellMatrixError } from '../../src/structure/supercell.ts'

const mgo: Structure = {
  comment: 'MgO, primitive cell, a = 4.21 Å',
  lattice: [
    [0, 2.105, 2.105],
    [2.105, 0, 2.105],
    [2.105, 2.105, 0],
  ],
  sites: [
    { element: 'Mg', fractional: [0, 0, 0], oxidationState: 2, label: 'Mg-1' },
    { element: 'O', fractional: [0.5, 0.5, 0.5], oxidationState: -2, label: 'O-1' },
  ],
}

const cubic: Matrix3 = [
  [-1, 1, 1],
  [1, -1, 1],
  [1, 1, -1],
]

describe('a supercell', () => {
  it('of primitive MgO by the centring matrix is the cubic cell of 4.21 Å with 8 atoms', () => {
    const cell = makeSupercell(mgo, cubic)

    expect(formula(cell)).toBe('Mg4O4')
    expect(cell.lattice[0]).toEqual([4.21, 0, 0])
    expect(
      cell.sites.every((site) => site.fractional.every((x) => [0, 0.5].some((y) => Math.abs(x - y) < 1e-12))),
    ).toBe(true)
  })

  it('puts the images of a site behind each other and numbers labels per element', () => {
    const cell = makeSupercell(mgo, [2, 1, 1])

    expect(cell.sites.map((site) => site.label)).toEqual(['Mg-1', 'Mg-2', 'O-1', 'O-2'])
    expect(cell.sites[2]?.oxidationState).toBe(-2)
  })

  it('keeps the labels when it has only one image', () => {
    const skewed = makeSupercell(mgo, [
      [1, 0, 0],
      [1, 1, 0],
      [0, 0, 1],
    ])

    expect(skewed.sites.map((site) => site.label)).toEqual(['Mg-1', 'O-1'])
  })

  it('keeps density and the six O at 2.105 Å around Mg for any matrix', () => {
    const entry = fc.integer({ min: -3, max: 3 })
    const row = fc.tuple(entry, entry, entry)
    const matrices = fc
      .tuple(row, row, row)
      .filter((rows) => Math.abs(determinant(rows)) > 0.5 && Math.abs(determinant(rows)) < 20)

    fc.assert(
      fc.property(matrices, (matrix) => {
        const cell = makeSupercell(mgo, matrix)
        expect(cell.sites.length).toBe(2 * Math.abs(Math.round(determinant(matrix))))
        expect(volumeAngstrom3(cell.lattice) / cell.sites.length).toBeCloseTo(4.21 ** 3 / 8, 9)
        expect(determinant(cell.lattice) * determinant(mgo.lattice)).toBeGreaterThan(0)
        expect(neighboursWithin(cell, 2.5).map((list) => list.length)).toEqual(cell.sites.map(() => 6))
      }),
      { numRuns: 30 },
    )
  })

  it('refuses half repeats, flat matrices and cells beyond the limit', () => {
    expect(() => makeSupercell(mgo, [1.5, 1, 1])).toThrow(SupercellMatrixError)
    expect(() => makeSupercell(mgo, [0, 1, 1])).toThrow(/determinant is zero/)
    expect(() => makeSupercell(mgo, [40, 40, 40], { maximumAtoms: 1000 })).toThrow(StructureTooLargeError)
  })
})

describe('integer lattices', () => {
  const entry = fc.integer({ min: -7, max: 7 })

  it('have a Hermite normal form of the same volume', () => {
    const rows = fc.tuple(
      fc.tuple(entry, entry, entry),
      fc.tuple(entry, entry, entry),
      fc.tuple(entry, entry, entry),
    )
    fc.assert(
      fc.property(
        rows.filter((m) => Math.abs(determinant(m)) > 0.5),
        (matrix) => {
          const form = hermiteNormalForm(matrix)
          expect(determinant(form)).toBeCloseTo(Math.abs(determinant(matrix)), 6)
          expect(cosetRepresentatives(form)).toHaveLength(Math.round(Math.abs(determinant(matrix))))
        },
      ),
    )
  })

  it('give two vectors in a plane and one step to the next plane', () => {
    const basis = planeBasis([2, -3, 5])
    const value = (k: readonly number[]) => 2 * (k[0] ?? 0) - 3 * (k[1] ?? 0) + 5 * (k[2] ?? 0)

    expect(basis.inPlane.map(value)).toEqual([0, 0])
    expect(value(basis.step)).toBe(1)
    expect(Math.abs(determinant([...basis.inPlane, basis.step] as unknown as Matrix3))).toBe(1)
  })
})
