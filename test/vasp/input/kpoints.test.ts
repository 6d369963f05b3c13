import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isKnownError } from '../../../src/base/known-error.ts'
import { readKpoints, writeKpoints } from '../../../src/vasp/input/kpoints.ts'
import { KpointsError } from '../../../src/vasp/input/kpoints-lines.ts'

describe('readKpoints', () => {
  it('reads back the mesh that writeKpoints writes', () => {
    expect(readKpoints(writeKpoints([3, 3, 1], 'slab\n2x2'))).toEqual({
      kind: 'mesh',
      comment: 'slab 2x2',
      centre: 'gamma',
      mesh: [3, 3, 1],
      shift: [0, 0, 0],
    })
  })

  it('reads a Monkhorst-Pack mesh with its shift, and one without the last line', () => {
    expect(readKpoints('x\n0\nmonk\n4 4 2\n0.5 0.5 0\n')).toMatchObject({
      centre: 'monkhorst-pack',
      shift: [0.5, 0.5, 0],
    })
    expect(readKpoints('x\n0\nMP\n4 4 2')).toMatchObject({ mesh: [4, 4, 2], shift: [0, 0, 0] })
  })

  it('reads a fully automatic mesh by its length', () => {
    expect(readKpoints('x\n0\nAuto\n40\n')).toEqual({ kind: 'length', comment: 'x', lengthAngstrom: 40 })
  })

  it('reads generating vectors', () => {
    expect(readKpoints('x\n0\nReciprocal\n.25 0 0\n0 .25 0\n0 0 .25\n.5 .5 .5')).toEqual({
      kind: 'generating-vectors',
      comment: 'x',
      coordinates: 'reciprocal',
      vectors: [
        [0.25, 0, 0],
        [0, 0.25, 0],
        [0, 0, 0.25],
      ],
      shift: [0.5, 0.5, 0.5],
    })
  })

  it('reads a list with weights, labels and tetrahedra', () => {
    const text = 'x\n2\nCart\n0 0 0 1 G\n0 0 .5 3 ! X\nTetrahedra\n1 0.1833\n6 1 2 2 1\n'

    expect(readKpoints(text)).toEqual({
      kind: 'list',
      comment: 'x',
      coordinates: 'cartesian',
      points: [
        { coordinates: [0, 0, 0], weight: 1, label: 'G' },
        { coordinates: [0, 0, 0.5], weight: 3, label: 'X' },
      ],
      tetrahedra: { volumeFraction: 0.1833, members: [{ weight: 6, corners: [1, 2, 2, 1] }] },
    })
  })

  it('reads a band path with one number of points for each segment', () => {
    expect(
      readKpoints('x\n40 20\nLine-mode\nrec\n0 0 0 ! G\n.5 0 0 ! X\n\n.5 0 0 X\n.5 .5 0 M\n'),
    ).toMatchObject({
      kind: 'line',
      pointsPerSegment: [40, 20],
      path: [{ label: 'G' }, { label: 'X' }, { label: 'X' }, { label: 'M', coordinates: [0.5, 0.5, 0] }],
    })
  })

  it('names the line and what it expected', () => {
    expect(() => readKpoints('x\n3\nRec\n0 0 0 1\n')).toThrow(KpointsError)
    expect(() => readKpoints('x\nmany\nGamma\n1 1 1')).toThrow(/line 2: expected the number of k-points/)
    expect(() => readKpoints('')).toThrow(KpointsError)
  })

  it('answers any text with a mesh or a known error', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'0123 .-\nGMALRCTx'.split('')) }), (text) => {
        try {
          expect(readKpoints(text).kind).toBeTypeOf('string')
        } catch (error) {
          expect(isKnownError(error)).toBe(true)
        }
      }),
    )
  })
})
