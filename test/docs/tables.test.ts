import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { tablesPage } from '../../docs/make-tables-page.ts'
import { withUserColumns } from '../../src/workflow/tables/user-columns.ts'
import { resultTable, resultTables } from '../../src/workflow/tables/result-tables.ts'
import { root } from './source-codes.ts'

const page = readFileSync(join(root, 'docs/tables.md'), 'utf8')

describe('docs/tables.md', () => {
  it('is what docs/make-tables-page.ts makes of the column definitions: run it after a change', () => {
    expect(page).toBe(tablesPage())
  })

  it.each(Object.keys(resultTables))('lists every column of %s', (name) => {
    const { columns } = resultTable(name, [])

    expect(columns.filter(({ key }) => !page.includes(`| \`${key}\` |`))).toEqual([])
  })

  it('shows a column of one’s own that can be computed', async () => {
    const formula = /excess: \{ formula: ([^,]+), unit: Å/.exec(page)?.[1] ?? ''
    const bonds = resultTable('bonds', [])
    const row = { candidate: 'B-on-Mn', minAngstrom: 1.36, maxAngstrom: 1.41 }

    const extended = await withUserColumns({ ...bonds, rows: [row] }, { excess: { formula, unit: 'Å' } })

    expect(extended.rows[0]?.['excess']).toBeCloseTo(0.05, 10)
  })
})
