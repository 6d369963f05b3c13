import { describe, expect, it } from 'vitest'
import { isKnownError } from '../../src/base/known-error.ts'
import type { DensityGrid } from '../../src/structure/density-grid.ts'
import { volumeAngstrom3 } from '../../src/structure/lattice.ts'
import type { GridFile } from '../../src/vasp/output/grid/grid-file.ts'
import { readGrid } from '../../src/vasp/output/grid/read-grid.ts'
import { Agreement, isClose } from './agreement.ts'
import { contentOf, corpusEntries, hasCorpus, oracleOf, whySkipped } from './corpus-cases.ts'

/** Sums and extremes as the oracle holds them, to ten digits. */
interface GridSummary {
  readonly sum: number
  readonly sum_abs: number
  readonly min: number
  readonly max: number
  readonly first: number
  readonly last: number
}

describe.skipIf(!hasCorpus)(`grids of the corpus${hasCorpus ? '' : `: ${whySkipped}`}`, () => {
  it('have the values, shapes and cells that others read', async () => {
    const agreement = new Agreement([])
    const files = corpusEntries('GRID')
    let refused = 0
    for (const entry of files) {
      const { text, pymatgen, ase } = oracleOf(entry)
      const file = await readOrRefuse(contentOf(entry))
      if (file === undefined) {
        expect(text?.['dim'], `${entry.case} ${entry.name} holds no grid`).toBeNull()
        refused++
        continue
      }
      const check = (field: string, ours: unknown, theirs: readonly unknown[]) =>
        agreement.compare(`${entry.case}/${entry.name}`, field, ours, theirs)
      check('shape', file.shape, [text?.['dim'], pymatgen?.['dim'], ase?.['dim']])
      check('cell volume', volumeAngstrom3(file.structure.lattice), [pymatgen?.['volume'], ase?.['volume']])
      const theirBlocks = text?.['blocks'] as readonly GridSummary[]
      const grids = [file.total, ...(file.difference ? [file.difference] : []), ...(file.magnetization ?? [])]
      check('number of grids', grids.length, [theirBlocks.length])
      grids.forEach((grid, index) => {
        check(`values of grid ${index + 1}`, true, [sameValues(grid, theirBlocks[index])])
        if (index > 0) return
        const others = [
          (pymatgen?.['data'] as Record<string, GridSummary> | undefined)?.['total'],
          ase?.['total'] as GridSummary | undefined,
        ]
        check(
          'values as pymatgen and ASE read them',
          true,
          others.map((summary) => summary && sameValues(grid, summary)),
        )
      })
    }

    console.log(
      agreement.table(`grids, ${files.length} files, ${refused} of them empty or placeholders and refused`),
    )
    expect(agreement.unexplained).toEqual([])
  })
})

async function readOrRefuse(bytes: Buffer): Promise<GridFile | undefined> {
  try {
    return await readGrid([bytes])
  } catch (error) {
    if (isKnownError(error)) return undefined
    throw error
  }
}

function sameValues({ values }: DensityGrid, theirs: GridSummary | undefined): boolean {
  const sum = values.reduce((total, value) => total + value, 0)
  const sumAbsolute = values.reduce((total, value) => total + Math.abs(value), 0)
  const ours = [
    sumAbsolute,
    values.reduce((a, b) => Math.min(a, b)),
    values.reduce((a, b) => Math.max(a, b)),
    values[0],
    values.at(-1),
  ]
  const { sum_abs, min, max, first, last } = theirs ?? ({} as GridSummary)
  return (
    isClose(ours, [sum_abs, min, max, first, last], 1e-8) &&
    Math.abs(sum - (theirs?.sum ?? NaN)) <= 1e-8 * Math.max(1, sumAbsolute)
  )
}
