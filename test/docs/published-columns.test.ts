import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { csvExporter } from '../../src/tables/csv.ts'
import { jsonExporter, type TableData } from '../../src/tables/json.ts'
import { resultTable, resultTables } from '../../src/workflow/tables/result-tables.ts'
import { parseCsv } from '../tables/readers.ts'
import { root } from './source-codes.ts'

type Columns = Readonly<Record<string, string>>
interface PublishedColumns {
  /** By table: unit by key. */
  readonly published: Readonly<Record<string, Columns>>
  /** `table.key` and what came in its place. */
  readonly withdrawn: Columns
}

const read = (path: string): string => readFileSync(join(root, path), 'utf8')
const { published, withdrawn } = JSON.parse(read('docs/columns.json')) as PublishedColumns
const columnsOf = (table: string): Columns => Object.fromEntries(resultTable(table, []).columns.map(({ key, unit }) => [key, unit ?? '']))

describe('docs/columns.json, the promise to scripts that read our tables', () => {
  it.each(Object.keys(published))('holds for %s: a column that is renamed, removed or of another unit breaks what others have written', (table) => {
    const now = columnsOf(table)
    const broken = Object.entries(published[table]!).filter(([key, unit]) => now[key] !== unit)

    expect(broken, 'move these to "withdrawn" with what comes in their place, and name them in CHANGELOG.md').toEqual([])
  })

  it('lists every table and every column that there is: a new one is added to it', () => {
    expect(Object.keys(published)).toEqual(Object.keys(resultTables))
    for (const table of Object.keys(resultTables)) expect(Object.keys(columnsOf(table)).filter((key) => published[table]?.[key] === undefined)).toEqual([])
  })

  it('names what is withdrawn in the changelog, and never uses its name again', () => {
    const changelog = read('CHANGELOG.md')
    for (const name of Object.keys(withdrawn)) {
      const [table = '', key = ''] = name.split('.')
      expect(changelog).toContain(`\`${key}\``)
      expect(published[table]?.[key]).toBeUndefined()
    }
  })

  it('is what the files hold: the keys in JSON, a heading with the unit in CSV', () => {
    const bonds = resultTable('bonds', [])
    const data = JSON.parse(jsonExporter.render(bonds) as string) as TableData
    const [heading] = parseCsv(csvExporter.render(bonds) as string)

    expect(data.columns.map(({ key, unit }) => [key, unit ?? ''])).toEqual(Object.entries(columnsOf('bonds')))
    data.columns.forEach(({ unit }, n) => expect(heading![n]).toContain(unit === undefined ? '' : `(${unit})`))
  })
})
