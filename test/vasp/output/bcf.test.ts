import { describe, expect, it } from 'vitest'
import { readAvf } from '../../../src/vasp/output/avf.ts'
import { readBcf } from '../../../src/vasp/output/bcf.ts'

const heading = '    #         X           Y           Z        CHARGE     ATOM    DISTANCE'
const rule = '  -------------------------------------------------------------------------'
const threeMaxima = [
  heading,
  rule,
  '    1      0.0000      0.0000      0.0000      0.0012       1      1.6363',
  '    2      0.0000      0.0000      1.7778      1.1162       1      0.1415',
  '    3      0.0000      0.0000     -2.2222      0.8826       2      0.1415',
  rule,
  '',
]

describe('readBcf', () => {
  it('reads every maximum with the atom it is counted to', () => {
    const { maxima } = readBcf(threeMaxima.join('\n'))

    expect(maxima).toHaveLength(3)
    expect(maxima[2]).toEqual({
      cartesianAngstrom: [0, 0, -2.2222],
      electrons: 0.8826,
      atomIndex: 1,
      distanceAngstrom: 0.1415,
    })
    expect(maxima.reduce((sum, maximum) => sum + maximum.electrons, 0)).toBeCloseTo(2, 3)
  })

  it.each([
    ['a missing closing rule', threeMaxima.slice(0, 4), 'line of dashes'],
    ['rows that were swapped', [heading, rule, threeMaxima[3], threeMaxima[2], rule], 'maximum 1'],
    [
      'stars',
      threeMaxima.with(3, '    2      0.0000      0.0000      1.7778  ********       1      0.1415'),
      'line 4',
    ],
    ['an ACF.dat', ['    #  X  Y  Z  CHARGE  MIN DIST  ATOMIC VOL'], 'CHARGE ATOM DISTANCE'],
  ])('refuses %s', (_, lines, complaint) => {
    expect(() => readBcf(lines.join('\n'))).toThrow(complaint)
  })
})

describe('readAvf', () => {
  it('lists the maxima of each atom, over several lines when there are many', () => {
    const text = [
      '   Atom                     Volume(s)',
      rule,
      '     1      1   2',
      '     2      3   4   5',
      '            7   8',
      '',
    ].join('\n')

    expect(readAvf(text).atoms).toEqual([
      { atomIndex: 0, maximumIndices: [0, 1] },
      { atomIndex: 1, maximumIndices: [2, 3, 4, 6, 7] },
    ])
  })

  it('refuses words among the numbers', () => {
    expect(() => readAvf(`Atom Volume(s)\n${rule}\n 1 x`)).toThrow('line 3')
  })
})
