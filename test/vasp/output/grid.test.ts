import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { integralElectrons, type DensityGrid } from '../../../src/structure/density-grid.ts'
import type { Structure } from '../../../src/structure/structure.ts'
import { writeE17 } from '../../../src/vasp/output/grid/fortran-e17.ts'
import { gridText } from '../../../src/vasp/output/grid/grid-text.ts'
import { readGrid } from '../../../src/vasp/output/grid/read-grid.ts'

const rockSalt: Structure = {
  comment: 'LiF',
  lattice: [
    [0, 2.013, 2.013],
    [2.013, 0, 2.013],
    [2.013, 2.013, 0],
  ],
  sites: [
    { element: 'Li', fractional: [0, 0, 0] },
    { element: 'F', fractional: [0.5, 0.5, 0.5] },
  ],
}
const shape = [4, 3, 2] as const
const points = 24

function grid(value: (index: number) => number): DensityGrid {
  return {
    structure: rockSalt,
    shape,
    values: Float64Array.from({ length: points }, (_, index) => value(index)),
  }
}

function text(...grids: DensityGrid[]): string {
  return Buffer.concat([...gridText(rockSalt, grids)]).toString('latin1')
}

function read(content: string, pieceBytes = content.length) {
  const bytes = Buffer.from(content, 'latin1')
  const pieces = Array.from({ length: Math.ceil(bytes.length / pieceBytes) }, (_, i) =>
    bytes.subarray(i * pieceBytes, (i + 1) * pieceBytes),
  )
  return readGrid(pieces)
}

describe('gridText and readGrid', () => {
  it('prints values as VASP does, eighteen characters each and five to a line', () => {
    const lines = text(
      grid((i) => (i === 1 ? -0.16082614608 : i === 2 ? 1234.5 : i === 3 ? 1e-120 : 0)),
    ).split('\n')

    expect(lines[11]).toBe('    4    3    2')
    expect(lines[12]).toBe(
      ' 0.00000000000E+00 -.16082614608E+00 0.12345000000E+04 0.10000000000-119 0.00000000000E+00',
    )
    expect(lines[5]).toBe('   Li   F ')
  })

  it('gives back every value to eleven digits', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), {
          minLength: points,
          maxLength: points,
        }),
        async (values) => {
          const written = grid((i) => (Math.abs(values[i] ?? 0) < 1e-290 ? 0 : (values[i] ?? 0) * 1e-10))

          const file = await read(text(written))

          file.total.values.forEach((value, i) =>
            expect(Math.abs(value - (written.values[i] ?? 0))).toBeLessThanOrEqual(5.1e-11 * Math.abs(value)),
          )
        },
      ),
      { numRuns: 200 },
    )
  })

  it('reads the same however the file is cut into pieces', async () => {
    const content = text(
      grid((i) => Math.sin(i) * 100),
      grid((i) => Math.cos(i)),
    )
    const whole = await read(content)

    for (const pieceBytes of [1, 2, 7, 17, 18, 19, 64, 91, 100])
      expect(await read(content, pieceBytes)).toEqual(whole)
  })

  it('tells a collinear from a non-collinear run by the number of grids', async () => {
    const [total, x, y, z] = [grid(() => 8), grid(() => 1), grid(() => 2), grid(() => 3)] as const

    const collinear = await read(text(total, x))
    const tilted = await read(text(total, x, y, z))

    expect(collinear.difference?.values[0]).toBe(1)
    expect(collinear.magnetization).toBeUndefined()
    expect(tilted.difference).toBeUndefined()
    expect(tilted.magnetization?.map((axis) => axis.values[5])).toEqual([1, 2, 3])
    expect(integralElectrons(tilted.total)).toBe(8)
  })

  it('keeps structure, augmentation and moments apart from the grids', async () => {
    const augmentation =
      'augmentation occupancies   1   3\n  0.1E+00  0.2E+00 -0.3E+00\naugmentation occupancies   2   1\n  0.4E+01\n'
    const first = text(grid(() => 8)) + augmentation + '  0.0 1.0\n'
    const second =
      text(grid(() => 1))
        .split('\n')
        .slice(11)
        .join('\n') + augmentation

    const file = await read(first + second)

    expect(file.structure.sites.map((site) => site.element)).toEqual(['Li', 'F'])
    expect(file.augmentation.map((grid) => grid.map((record) => [...record]))).toEqual([
      [[0.1, 0.2, -0.3], [4]],
      [[0.1, 0.2, -0.3], [4]],
    ])
    expect(file.difference?.values[0]).toBe(1)
    expect(file.isComplete).toBe(true)
  })

  it('reads CRLF, the ten columns of CHG and numbers that touch', async () => {
    const header = text(grid(() => 0))
      .split('\n')
      .slice(0, 12)
    const rows = [
      '  0.12345E+02 -.50000E-01  3.0000E+00-1.0000E+00 1 2 3 4 5 6',
      ' 7 8 9 10 11 12 13 14 15 16',
      ' 17 18 19 20',
    ]

    const file = await read([...header, ...rows, ''].join('\r\n'))

    expect([...file.total.values.slice(0, 5)]).toEqual([12.345, -0.05, 3, -1, 1])
  })

  it('gives the double that is nearest to the printed number, in the fixed form and in any other', async () => {
    const digits = fc
      .integer({ min: 0, max: 99_999_999_999 })
      .map((mantissa) => String(mantissa).padStart(11, '0'))
    const exponent = fc
      .integer({ min: -99, max: 99 })
      .map((power) => `E${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`)
    const field = fc
      .tuple(fc.constantFrom('0.', '-.', '+0.', '1.'), digits, exponent)
      .map((parts) => parts.join(''))
    const header = text(grid(() => 0))
      .split('\n')
      .slice(0, 12)
      .join('\n')
    await fc.assert(
      fc.asyncProperty(fc.array(field, { minLength: points, maxLength: points }), async (fields) => {
        const { total } = await read(`${header}\n ${fields.join(' ')}\n`)

        expect([...total.values].map((value) => value + 0)).toEqual(
          fields.map((printed) => Number(printed) + 0),
        )
      }),
      { numRuns: 300 },
    )
  })

  it('stops after as many grids as asked for', async () => {
    const bytes = Buffer.from(
      text(
        grid(() => 8),
        grid(() => 1),
      ),
      'latin1',
    )

    expect((await readGrid([bytes], { grids: 1 })).difference).toBeUndefined()
  })

  it.each([
    [
      'a grid that ends early',
      (content: string) => content.slice(0, -100),
      'expected 24 values in grid 1, found "19"',
    ],
    [
      'stars',
      (content: string) => content.replace('0.80000000000E+01', '*****************'),
      'line 13: expected a number',
    ],
    [
      'a letter in a number',
      (content: string) => content.replace('0.80000000000E+01', '0.8000x000000E+01'),
      'line 13',
    ],
    ['a number that lost its blank', (content: string) => content.replace('E+01 ', 'E+01'), 'line'],
    ['an empty file', () => '', 'expected a structure'],
    ['a note instead of a grid', () => 'This file was left out.\n', 'expected a structure'],
    [
      'a grid of zero points',
      (content: string) => content.replace('    4    3    2', '    4    0    2'),
      'grid points',
    ],
  ])('refuses %s and says where', async (_, damage, complaint) => {
    await expect(read(damage(text(grid(() => 8))))).rejects.toThrow(complaint)
  })
})

describe('writeE17', () => {
  it.each([
    [9.99999999999e2, ' 0.10000000000E+04'],
    [99999999999, ' 0.99999999999E+11'],
    [1, ' 0.10000000000E+01'],
    [-0.001, ' -.10000000000E-02'],
    [123456789012345, ' 0.12345678901E+15'],
    [1e-30, ' 0.10000000000E-29'],
    [-6.02214076e23, ' -.60221407600E+24'],
  ])('writes %d', (value, expected) => {
    const bytes = new Uint8Array(18)

    writeE17(bytes, 0, value)

    expect(Buffer.from(bytes).toString('latin1')).toBe(expected)
  })
})
