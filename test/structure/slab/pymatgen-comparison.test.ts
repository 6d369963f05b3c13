import { beforeAll, describe, expect, it } from 'vitest'
import { comparedPairs } from '../../../benchmarks/surfaces/compared-pairs.ts'
import { compareSurface } from '../../../benchmarks/surfaces/compare-surface.ts'
import { countedByProgram } from '../../../benchmarks/surfaces/counted-by-program.ts'
import { handCounts } from '../../../benchmarks/surfaces/hand-counts.ts'
import { askPymatgen, pymatgenVersion } from '../../../benchmarks/surfaces/pymatgen.ts'
import { loadSymmetryEngine } from '../../../src/adapters/symmetry/moyo-from-package.ts'
import { sharedFolder } from '../shared-files.ts'

beforeAll(() => loadSymmetryEngine())

/** A few rows of docs/surfaces.md: those that differ for different reasons, and one where nothing does. */
const rows = [
  'Li2MnO3 (0 1 0)',
  'LiCoO2 (0 0 3)',
  'LiCoO2 (1 0 4)',
  'TiO2 rutile (1 1 0)',
  'ZnO wurtzite (0 0 1)',
  'NaCl (2 1 0)',
]

const version = pymatgenVersion()
if (version === undefined) console.warn('skipped: no python3 with pymatgen; set PYTHON to compare with it')
const hasHosts = sharedFolder('cifs') !== undefined

describe.skipIf(version === undefined || !hasHosts)('the cuts of pymatgen, slab by slab', () => {
  it('are ours, on a few surfaces of docs/surfaces.md', { timeout: 120_000 }, () => {
    const pairs = comparedPairs().filter(({ id }) => rows.includes(id))

    const answers = askPymatgen(pairs)
    const results = pairs.map((pair, i) => {
      const answer = answers[i]
      if (answer === undefined || 'error' in answer) throw new Error(`${pair.id}: ${answer?.error}`)
      return compareSurface(pair, answer)
    })

    expect(results.map(({ id }) => id).sort()).toEqual([...rows].sort())
    for (const { onlyOurs, onlyPymatgen, merged, twice } of results)
      expect([onlyOurs, onlyPymatgen, merged, twice]).toEqual([[], [], [], 0])
    const steps = new Map(results.map(({ id, repeatsPerCell }) => [id, repeatsPerCell]))
    expect(rows.map((id) => steps.get(id))).toEqual([2, 3, 1, 1, 1, 4])
  })
})

describe('the planes that docs/surfaces.md counts by hand', () => {
  it.each(handCounts.map((count) => [`${count.structure} (${count.millerIndex.join(' ')})`, count] as const))(
    '%s: same types, same planes, same repeat',
    (_, count) => {
      const found = countedByProgram(count)
      const planes = count.planes.replaceAll(/\([^)]*\)/g, '').split(' ')

      expect(found.types).toEqual(count.types)
      expect(rotations(planes)).toContain(found.planes)
      expect(found.repeatAngstrom).toBeCloseTo(Number(count.repeat.split('= ').at(-1)), 3)
    },
  )
})

/** A repeat may begin with any plane and be read from either side. */
function rotations(planes: readonly string[]): readonly string[] {
  const turned = [planes, planes.toReversed()]
  return turned.flatMap((list) => list.map((_, i) => [...list.slice(i), ...list.slice(0, i)].join(' ')))
}
