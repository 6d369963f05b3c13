import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { spawnSync } from 'node:child_process'
import { delimiter, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { csvExporter } from '../../src/tables/csv.ts'
import type { ResultTable } from '../../src/tables/result-table.ts'
import { xlsxExporter } from '../../src/tables/xlsx.ts'
import { temporaryFolder } from '../temporary-folder.ts'

const office = (process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, 'soffice')).find((path) => existsSync(path))
const why = office === undefined ? ' (skipped: no soffice on the PATH)' : ''

const table: ResultTable = {
  name: 'bonds',
  title: 'Bond lengths',
  columns: [
    { key: 'candidate', label: 'Candidate', description: 'Identifier' },
    { key: 'meanAngstrom', label: 'd mean', unit: 'Å', digits: 3, description: 'Mean length' },
    { key: 'atomCount', label: 'n', digits: 0, description: 'Atoms' },
    { key: 'note', label: 'Note', description: 'Words' },
  ],
  rows: [
    { candidate: 'a_b%c#d\\x{}', meanAngstrom: 1.37249, atomCount: 2, note: '=1+1' },
    { candidate: 'P-on-Mn', meanAngstrom: -0.0001, atomCount: 12, note: "=cmd|'/C calc'!A0" },
    { candidate: '2026-01-02', meanAngstrom: 123456789.5, atomCount: 0, note: '@SUM(1) "q", Å' },
    { candidate: '1.50', meanAngstrom: null, atomCount: null, note: '+1' },
  ],
  notes: ['Means of equal CN only.'],
}
const methods: ResultTable = { name: 'methods', title: 'Settings', columns: [{ key: 'value', label: 'ENCUT', description: 'eV' }], rows: [{ value: '520' }], notes: [] }

/** Numbers bare, words quoted, every sheet: separator, quote, UTF-8, from line 1, …, quote all words, values and no formulas, …, all sheets. */
const filter = 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,true,false,false,false,-1'

describe.runIf(office !== undefined)('a workbook in a spreadsheet program', () => {
  it(`shows the numbers of the CSV format as numbers, words as words, and calculates nothing${why}`, async () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'tables.xlsx'), await xlsxExporter.render([table], methods))

    const profile = `-env:UserInstallation=file://${folder}/profile`
    const { status, stderr } = spawnSync(office!, [profile, '--headless', '--convert-to', filter, '--outdir', folder, join(folder, 'tables.xlsx')], { encoding: 'utf8', timeout: 60_000 })

    expect(status, stderr).toBe(0)
    const lines = readFileSync(join(folder, 'tables-bonds.csv'), 'utf8').split('\n')
    const ours = String(csvExporter.render(table)).split('\r\n')
    const quoted = (words: string): string => `"${words.replaceAll('"', '""')}"`
    expect(lines[0]).toBe('"Candidate","d mean (Å)","n","Note"')
    table.rows.forEach(({ candidate, note }, n) => {
      const numbers = ours[n + 1]!.slice(String(candidate).length + 1).split(',').slice(0, 2).map((text) => (text === '' ? '' : String(Number(text))))
      expect(lines[n + 1]).toBe([quoted(String(candidate)), ...numbers, quoted(String(note))].join(','))
    })
    expect(readFileSync(join(folder, 'tables-methods.csv'), 'utf8')).toContain('"520"')
    expect(readFileSync(join(folder, 'tables-columns.csv'), 'utf8')).toContain('"meanAngstrom"')
  }, 90_000)
})
