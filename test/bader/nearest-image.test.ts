import fc from 'fast-check'
import { expect, it } from 'vitest'
import { nearestImageSquared } from '../../src/bader/nearest-image.ts'
import { toCartesian, type Lattice } from '../../src/structure/lattice.ts'

it('finds the nearest image in any cell, as a search over many images does', () => {
  const skew = fc.double({ min: -2.5, max: 2.5, noNaN: true })
  const part = fc.double({ min: -2, max: 2, noNaN: true })
  fc.assert(
    fc.property(fc.tuple(skew, skew, skew), fc.tuple(part, part, part), ([u, v, w], [a, b, c]) => {
      const lattice: Lattice = [[2, 0, 0], [u, 3, 0], [v, w, 2.5]] // prettier-ignore
      let expected = Infinity
      for (let i = -7; i <= 7; i++)
        for (let j = -7; j <= 7; j++)
          for (let k = -7; k <= 7; k++)
            expected = Math.min(expected, Math.hypot(...toCartesian(lattice, [a + i, b + j, c + k])))

      expect(Math.sqrt(nearestImageSquared(lattice)(a, b, c))).toBeCloseTo(expected, 9)
    }),
    { numRuns: 40 },
  )
})
