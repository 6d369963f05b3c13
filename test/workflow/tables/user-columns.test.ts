import { describe, expect, it } from 'vitest'
import { isMissing, type ResultTable } from '../../../src/tables/result-table.ts'
import { withUserColumns } from '../../../src/workflow/tables/user-columns.ts'

const table: ResultTable = {
  name: 'bonds',
  title: 'Bonds',
  columns: [
    { key: 'candidate', label: 'Candidate', description: '' },
    { key: 'meanAngstrom', label: 'd mean', unit: 'Å', description: '' },
    { key: 'energyEv', label: 'E', unit: 'eV', description: '' },
  ],
  rows: [
    { candidate: 'pristine', meanAngstrom: 1.9, energyEv: -2 },
    { candidate: 'B-on-Mn', meanAngstrom: null, energyEv: -1 },
  ],
  notes: [],
}

describe('a column of a user', () => {
  it('is computed from the other columns of its row, with their units', async () => {
    const extended = await withUserColumns(table, {
      stretch: { formula: '(meanAngstrom - 1.8 angstrom) / 1 angstrom', digits: 2 },
      molar: { formula: 'energyEv * 6.02214076e23 to kJ', unit: 'kJ' },
    })

    expect(extended.rows[0]?.['stretch']).toBeCloseTo(0.1, 10)
    // 1 eV per particle is 96.485 kJ/mol (CODATA).
    expect(extended.rows[0]?.['molar']).toBeCloseTo(-2 * 96.485, 2)
    expect(extended.columns.at(-1)).toMatchObject({ key: 'molar', unit: 'kJ' })
  })

  it('is empty with a reason where a value is missing, and the other rows keep theirs', async () => {
    const extended = await withUserColumns(table, { stretch: '(meanAngstrom - 1.8 angstrom) / 1 angstrom' })

    expect(isMissing(extended.rows[1]?.['stretch'])).toBe(true)
    expect(extended.rows[0]?.['stretch']).toBeCloseTo(0.1, 10)
  })

  it('that is no formula stops before anything is printed', async () => {
    await expect(withUserColumns(table, { bad: 'meanAngstrom +* 2' })).rejects.toMatchObject({ code: 'FORMULA' })
  })
})
