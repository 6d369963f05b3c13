import { describe, expect, it } from 'vitest'
import type { CalculationRow } from '../../src/web/calculation-row.ts'
import { packRows, unpackRows } from '../../src/web/packed-rows.ts'

const done: CalculationRow = {
  ...{ id: 'small/B-on-Mn/relax', screen: 'small', candidate: 'B-on-Mn', step: 'relax', site: 'cluster', state: 'done' },
  ...{ revision: 9, attempt: 2, nativeId: '4711', failure: null, reason: '', isObsolete: false, updatedMs: 1_767_600_000_000 },
}

describe('rows on their way to the page', () => {
  it('come out as they went in', () => {
    const failed: CalculationRow = {
      ...done,
      ...{ id: 'a name of its own', state: 'failed', nativeId: null, reason: 'the job ended' },
      failure: { code: 'WALLTIME', message: 'The job ran into its time limit.', remedy: 'Give it more time.' },
    }
    const planned: CalculationRow = { ...done, id: 'small/pristine/relax', candidate: 'pristine', state: 'planned', attempt: 0, nativeId: null }

    const rows = [done, failed, planned]

    expect(unpackRows(JSON.parse(JSON.stringify(packRows(rows))) as ReturnType<typeof packRows>)).toEqual(rows)
  })

  it('take less than a hundred bytes each', () => {
    const rows = Array.from({ length: 1000 }, (_, n) => ({ ...done, id: `small/c${n}/relax`, candidate: `c${n}` }))

    expect(JSON.stringify(packRows(rows)).length / rows.length).toBeLessThan(100)
  })
})
