import { describe, expect, it } from 'vitest'
import { isKnownError } from '../../src/base/known-error.ts'
import { readAcf } from '../../src/vasp/output/acf.ts'
import { readBcf } from '../../src/vasp/output/bcf.ts'
import { readGrid } from '../../src/vasp/output/grid/read-grid.ts'
import { readPotcarHeaders } from '../../src/vasp/output/potcar-header.ts'
import { readVasprun } from '../../src/vasp/output/vasprun/read-vasprun.ts'
import { damagedCopies, mutationCount } from '../vasp/output/damage.ts'
import { contentOf, corpusEntries, hasCorpus, whySkipped } from './corpus-cases.ts'

const readers: readonly {
  readonly kind: string
  readonly read: (bytes: Buffer) => unknown
  readonly every: number
}[] = [
  { kind: 'ACF', read: (bytes) => readAcf(bytes.toString('latin1')), every: 1 },
  { kind: 'BCF', read: (bytes) => readBcf(bytes.toString('latin1')), every: 1 },
  { kind: 'POTCAR', read: (bytes) => readPotcarHeaders(bytes.toString('latin1')), every: 1 },
  { kind: 'GRID', read: (bytes) => readGrid([bytes]), every: 2 },
  { kind: 'vasprun', read: (bytes) => readVasprun([bytes]), every: 9 },
]
const largestBytes = 4_000_000

describe.skipIf(!hasCorpus)(`damaged copies of corpus files${hasCorpus ? '' : `: ${whySkipped}`}`, () => {
  it.each(readers)(
    '$kind: a result or a KnownError, never anything else',
    { timeout: 900_000 },
    async ({ kind, read, every }) => {
      const outcomes = { read: 0, refused: 0 }
      for (const [index, entry] of corpusEntries(kind).entries()) {
        const content = contentOf(entry)
        if (index % every !== 0 || content.length > largestBytes) continue
        for (const { how, bytes } of damagedCopies(content, entry.case, mutationCount)) {
          outcomes[await outcomeOf(() => read(bytes), `${entry.case}/${entry.name} ${how}`)]++
        }
      }

      console.log(
        `${kind}: of ${outcomes.read + outcomes.refused} damaged copies ${outcomes.read} read, ${outcomes.refused} refused with a reason`,
      )
      expect(outcomes.refused).toBeGreaterThan(0)
    },
  )
})

async function outcomeOf(read: () => unknown, what: string): Promise<'read' | 'refused'> {
  try {
    await read()
    return 'read'
  } catch (error) {
    expect(isKnownError(error), `${what}: ${String(error)}`).toBe(true)
    return 'refused'
  }
}
