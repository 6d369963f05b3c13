import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readIncar, writeIncar } from '../../../src/vasp/input/incar.ts'
import { IncarValueError, writeIncarValue } from '../../../src/vasp/input/incar-value.ts'

describe('readIncar', () => {
  it('reads numbers, logicals and words as VASP does, whatever their spelling', () => {
    const { incar } = readIncar(
      'encut=520\nEDIFF = 1.0d-6\nLCHARG = T\nLWAVE = .f.\nLASPH=.TRUE.\nALGO = F\nLREAL = Auto\n',
    )

    expect(incar).toEqual({
      ENCUT: 520,
      EDIFF: 1e-6,
      LCHARG: true,
      LWAVE: false,
      LASPH: true,
      ALGO: 'F',
      LREAL: 'Auto',
    })
  })

  it('takes ALGO = F for a word and LREAL = F for a logical', () => {
    expect(readIncar('ALGO = F\nLREAL = F').incar).toEqual({ ALGO: 'F', LREAL: false })
  })

  it('expands repeated values, also with blanks around the star', () => {
    expect(readIncar('MAGMOM = 2*3.0 -1 3 * 0').incar).toEqual({ MAGMOM: [3, 3, -1, 0, 0, 0] })
  })

  it('keeps a list for a tag that takes one number per species, even with one species', () => {
    expect(readIncar('LDAUU = 4.5').incar).toEqual({ LDAUU: [4.5] })
  })

  it('splits at semicolons and drops both kinds of comment', () => {
    const { incar, remarks } = readIncar(
      'startup\nISMEAR = 0; SIGMA = 0.05 ! Gaussian; not read\n# ENCUT = 1\nGGA = 91',
    )

    expect(incar).toEqual({ ISMEAR: 0, SIGMA: 0.05, GGA: '91' })
    expect(remarks).toEqual([{ text: 'startup', line: 1 }])
  })

  it('joins lines that end with a backslash', () => {
    expect(readIncar('MAGMOM = 1 2 \\\n 3 4 \\ # more\n5\nNSW = 7').incar).toEqual({
      MAGMOM: [1, 2, 3, 4, 5],
      NSW: 7,
    })
  })

  it('sets words after a value aside', () => {
    const { entries } = readIncar('ENCUT = 400 eV (plane waves)\nPREC = Accurate  grid')

    expect(entries.map(({ value, trailing }) => [value, trailing])).toEqual([
      [400, 'eV (plane waves)'],
      ['Accurate', 'grid'],
    ])
  })

  it('takes the first of two settings and records the second with its line', () => {
    const { incar, duplicates } = readIncar('ISPIN = 2\nNSW = 0\nISPIN = 1\n')

    expect(incar.ISPIN).toBe(2)
    expect(duplicates).toEqual([{ tag: 'ISPIN', value: 1, line: 3, trailing: '' }])
  })

  it('keeps quoted text over several lines and counts the lines after it', () => {
    const { incar, entries } = readIncar('WANNIER90_WIN = "num_wann = 4\nbegin # kept\n"\nNSW = 3')

    expect(incar.WANNIER90_WIN).toBe('num_wann = 4\nbegin # kept\n')
    expect(entries.at(-1)).toMatchObject({ tag: 'NSW', line: 4 })
  })

  it('flattens nested groups', () => {
    expect(readIncar('KERNEL_TRUNCATION {\n LTRUNCATE = T\n ISURFACE = 3 }\nNSW = 1').incar).toEqual({
      'KERNEL_TRUNCATION/LTRUNCATE': true,
      'KERNEL_TRUNCATION/ISURFACE': 3,
      NSW: 1,
    })
  })

  it('lists a value of the wrong kind rather than inventing one', () => {
    const { incar, unreadable } = readIncar('NSW = many\nLWAVE = 1')

    expect(incar).toEqual({})
    expect(unreadable).toEqual([
      { tag: 'NSW', text: 'many', line: 1 },
      { tag: 'LWAVE', text: '1', line: 2 },
    ])
  })

  it('does not fill the memory with an absurd repetition', () => {
    expect(readIncar('MAGMOM = 2*1 999999999999*0').incar).toEqual({ MAGMOM: [1, 1] })
  })

  it('answers any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'AB=;#!"\\{}\n 1.*-T'.split('')) }), (text) => {
        const read = readIncar(text)

        for (const entry of read.entries) expect(entry.line).toBeLessThanOrEqual(text.split('\n').length)
      }),
    )
  })
})

describe('writeIncarValue', () => {
  it('writes small numbers with an exponent and logicals with dots', () => {
    expect([1e-6, -0.01, 520, 1e-3, true, 'Accurate'].map((value) => writeIncarValue(value))).toEqual([
      '1E-6',
      '-0.01',
      '520',
      '0.001',
      '.TRUE.',
      'Accurate',
    ])
  })

  it('compresses a list of moments and leaves one of species open', () => {
    expect(
      writeIncarValue([...Array.from({ length: 24 }, () => 4), ...Array.from({ length: 3 }, () => 0)]),
    ).toBe('24*4 3*0')
    expect(writeIncarValue([0, 4.5, 0, 0])).toBe('0 4.5 0 0')
  })

  it('refuses what would not read back', () => {
    for (const value of [Number.NaN, Infinity, 'a # b', 'two\nlines', '']) {
      expect(() => writeIncarValue(value)).toThrow(IncarValueError)
    }
  })

  it('reads back as the same number', () => {
    fc.assert(
      fc.property(
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.array(fc.integer(), { minLength: 1 }),
        (x, list) => {
          const { incar } = readIncar(writeIncar({ ENCUT: x, LDAUL: list }))

          expect(incar).toEqual({ ENCUT: x === 0 ? 0 : x, LDAUL: list.map((item) => item) })
        },
      ),
    )
  })
})
