import { describe, expect, it } from 'vitest'
import { pairedRattle } from '../../../src/structure/dopant/paired-rattle.ts'
import { toCartesian } from '../../../src/structure/lattice.ts'
import type { Structure } from '../../../src/structure/structure.ts'

const inversion = { permutation: [1, 0, 2], rotation: [[-1, 0, 0], [0, -1, 0], [0, 0, -1]] } as const
const cell: Structure = {
  comment: 'two Mn related by inversion, one O at its centre',
  lattice: [[5, 0, 0], [1, 4, 0], [0, 0, 20]],
  sites: [
    { element: 'Mn', label: 'Mn-1', fractional: [0.2, 0.3, 0.4] },
    { element: 'Mn', label: 'Mn-2', fractional: [0.8, 0.7, 0.6] },
    { element: 'O', label: 'O-1', fractional: [0.5, 0.5, 0.5] },
  ],
}

function movedBy(i: number, after: Structure): readonly number[] {
  const [a, b] = [cell.sites[i]?.fractional ?? [0, 0, 0], after.sites[i]?.fractional ?? [0, 0, 0]]
  return toCartesian(cell.lattice, [b[0] - a[0], b[1] - a[1], b[2] - a[2]])
}

describe('a rattle in pairs', () => {
  const rattled = pairedRattle(cell, inversion, 0.03, 'seed')

  it('moves an atom by the length asked for and its partner by the opposite vector', () => {
    const [first, second] = [movedBy(0, rattled), movedBy(1, rattled)]

    expect(Math.hypot(...first)).toBeCloseTo(0.03, 10)
    first.forEach((x, axis) => expect(second[axis]).toBeCloseTo(-x, 12))
  })

  it('leaves an atom on the centre of inversion where it is', () => {
    expect(Math.hypot(...movedBy(2, rattled))).toBeLessThan(1e-12)
  })

  it('is another one for another seed', () => {
    expect(movedBy(0, pairedRattle(cell, inversion, 0.03, 'other'))).not.toEqual(movedBy(0, rattled))
  })
})
