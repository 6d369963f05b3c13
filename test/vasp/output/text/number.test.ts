import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ascii } from '../../../../src/vasp/output/text/bytes.ts'
import { numberIn, numbersIn } from '../../../../src/vasp/output/text/number.ts'

const read = (text: string): number => numberIn(ascii(text), 0, text.length)
const readAll = (text: string): number[] => numbersIn(ascii(text), 0, text.length)

describe('numbers as Fortran prints them', () => {
  it.each([
    ['-1.5', -1.5], ['  .5', 0.5], ['5.', 5], ['-.1E-01', -0.01], ['0.1D-05', 1e-6], ['+3', 3], ['2.0eV', 2], ['-0.0', -0],
    ['-.243930-146', -0.24393e-146], ['0.1+100', 1e99], ['0.47683715820312500E+07', 4768371.5820312500],
    ['1234567890123456789', 1234567890123456789], ['0.12345678901234567890', 0.1234567890123456789], ['1e-400', 0], ['1e400', Infinity],
  ])('reads %s as %d', (text, expected) => {
    expect(read(text)).toBe(expected)
  })

  it.each(['****', '**********', 'NaN', '-NaN', 'abc', '', '-', '.', 'E5'])('reads %s as not a number', (text) => {
    expect(read(text)).toBeNaN()
  })

  it('separates fields that ran together', () => {
    expect(readAll('-12.345-67.890-167.89')).toEqual([-12.345, -67.89, -167.89])
  })

  it('keeps the place of a field that was too narrow for its value', () => {
    expect(readAll('1.0*******-2.5  NaN Infinity -Infinity')).toEqual([1, NaN, -2.5, NaN, Infinity, -Infinity])
  })

  it('stops at the first thing that is no number', () => {
    expect(readAll(' 10.06 kB 5')).toEqual([10.06])
  })

  it('agrees with Number to the last bit for every double it is shown', () => {
    fc.assert(fc.property(fc.double({ noNaN: true }), (value) => {
      expect(read(String(value))).toBe(Number(String(value)))
    }))
    fc.assert(fc.property(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), fc.integer({ min: 0, max: 18 }), (value, digits) => {
      const text = value.toFixed(digits)
      expect(read(text)).toBe(Number(text))
    }))
  })
})
