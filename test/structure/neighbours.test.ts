import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../src/base/seeded-random.ts'
import { latticeFromParameters } from '../../src/structure/lattice.ts'
import { neighboursByBoxes } from '../../src/structure/neighbour-boxes.ts'
import { neighboursWithin, shortestDistanceAngstrom, type Neighbour } from '../../src/structure/neighbours.ts'
import { processorMilliseconds } from './processor-time.ts'
import type { Structure } from '../../src/structure/structure.ts'

const salt: Structure = {
  comment: 'MgO',
  lattice: [[0, 2.105, 2.105], [2.105, 0, 2.105], [2.105, 2.105, 0]],
  sites: [{ element: 'Mg', fractional: [0, 0, 0] }, { element: 'O', fractional: [0.5, 0.5, 0.5] }],
}

describe('neighbours', () => {
  it('counts 6, 12, 8, 6 and 24 around an atom of rock salt, from a cell of two atoms', () => {
    const shells = new Map<string, number>()
    for (const { distanceAngstrom } of neighboursWithin(salt, 4.75)[0] ?? []) {
      const key = ((distanceAngstrom / 2.105) ** 2).toFixed(3)
      shells.set(key, (shells.get(key) ?? 0) + 1)
    }

    expect([...shells]).toEqual([['1.000', 6], ['2.000', 12], ['3.000', 8], ['4.000', 6], ['5.000', 24]])
  })

  it('finds the same with boxes as by trying every image, for skewed cells and any radius', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 10, max: 90 }), (seed, tenths) => {
        const structure = randomCell(`${seed}`, 8)

        const [boxes, images] = [neighboursByBoxes(structure, tenths / 10), neighboursWithin(structure, tenths / 10)]

        boxes.forEach((list, i) => expect(list.map(key).sort()).toEqual((images[i] ?? []).map(key).sort()))
      }),
      { numRuns: 60 },
    )
  })

  it('takes a few seconds at most for 10 000 atoms', () => {
    const structure = randomCell('large', 10_000, 48)

    expect(processorMilliseconds(() => neighboursWithin(structure, 3))).toBeLessThan(4000)
  })

  it('measures the shortest distance of MgO as 2.105 Å', () => {
    expect(shortestDistanceAngstrom(salt)).toBeCloseTo(2.105, 10)
  })
})

function key({ index, image, distanceAngstrom }: Neighbour): string {
  return `${index} ${image.map((x) => x + 0).join(' ')} ${distanceAngstrom.toFixed(6)}`
}

function randomCell(seed: string, atoms: number, edge = 5): Structure {
  const random = seededRandom(seed)
  const angle = () => 60 + 55 * random()
  const length = () => edge * (0.6 + random())
  const lattice = latticeFromParameters({
    aAngstrom: length(), bAngstrom: length(), cAngstrom: length(), alphaDegrees: 90 + (angle() - 90) / 3, betaDegrees: angle(), gammaDegrees: angle(),
  })
  const sites = Array.from({ length: atoms }, () => ({ element: 'O', fractional: [3 * random() - 1, random(), 2 * random()] as const }))
  return { comment: seed, lattice, sites }
}
