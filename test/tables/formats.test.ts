import { describe, expect, it } from 'vitest'
import { csvExporter } from '../../src/tables/csv.ts'
import { exporterFor, exporters, UnknownFormatError } from '../../src/tables/exporters.ts'
import { jsonExporter, type TableData } from '../../src/tables/json.ts'
import { markdownExporter } from '../../src/tables/markdown.ts'
import { plainTextExporter } from '../../src/tables/plain-text.ts'
import { missing, type ResultTable } from '../../src/tables/result-table.ts'
import { parseCsv } from './readers.ts'

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
    { candidate: 'b-on-mn1', meanAngstrom: 1.37249, atomCount: 2, note: 'planar, "BO3" | flat' },
    { candidate: 'p-on-mn1', meanAngstrom: -0.00001, atomCount: 2, note: 'two\nlines' },
    {
      candidate: 's-on-mn1',
      meanAngstrom: missing('the relaxation is still running'),
      atomCount: null,
      note: null,
    },
    { candidate: 'al', meanAngstrom: Number.NaN, atomCount: 12, note: 'q = −1.2' },
  ],
  notes: ['Means of equal CN only.'],
}

describe('every format', () => {
  it('shows the same numbers', () => {
    const data = JSON.parse(jsonExporter.render(table) as string) as TableData
    const csv = parseCsv(csvExporter.render(table) as string)
    const markdown = (markdownExporter.render(table) as string)
      .split('\n')
      .filter((line) => line.startsWith('| '))
      .slice(2)
    const text = (plainTextExporter.render(table) as string).split('\n').slice(4)

    expect(data.rows.map((row) => row.meanAngstrom)).toEqual([1.372, 0, null, null])
    data.rows.forEach((row, n) => {
      const shown = row.meanAngstrom === null ? '' : (row.meanAngstrom as number).toFixed(3)
      expect(csv[n + 1]![1]).toBe(shown)
      expect(markdown[n]!.split(' | ')[1]).toBe(shown || '–')
      expect(text[n]!.split(/ {2,}/)[1]).toBe(shown || '–')
    })
  })

  it('says why a value is missing', () => {
    for (const exporter of exporters) {
      expect(exporter.render(table)).toContain('the relaxation is still running')
      expect(exporter.render(table)).toContain('no finite number')
    }
  })

  it('carries the unit in the heading', () => {
    for (const exporter of [csvExporter, markdownExporter, plainTextExporter]) {
      expect(exporter.render(table)).toContain('d mean (Å)')
    }
  })

  it('renders a table without rows', () => {
    for (const exporter of exporters) expect(exporter.render({ ...table, rows: [] })).toBeTruthy()
  })

  it('is found by its name, and a slip of the pen is understood', () => {
    expect(exporterFor('markdown')).toBe(markdownExporter)
    expect(exporterFor('md')).toBe(markdownExporter)
    expect(() => exporterFor('jsn')).toThrow(UnknownFormatError)
    try {
      exporterFor('jsn')
    } catch (error) {
      expect((error as UnknownFormatError).remedy).toContain("did you mean 'json'?")
    }
  })
})

describe('CSV', () => {
  it('follows RFC 4180: CRLF, doubled quotes, line breaks inside quotes, as many fields in each record', () => {
    const text = csvExporter.render(table) as string
    const records = parseCsv(text)

    expect(text.endsWith('\r\n')).toBe(true)
    expect(new Set(records.map((record) => record.length))).toEqual(new Set([5]))
    expect(records[1]![3]).toBe('planar, "BO3" | flat')
    expect(records[2]![3]).toBe('two\nlines')
    expect(records[3]![4]).toBe('meanAngstrom: the relaxation is still running')
  })

  it('has no column of reasons when nothing is missing', () => {
    const whole = { ...table, rows: table.rows.slice(0, 2) }

    expect(parseCsv(csvExporter.render(whole) as string)[0]).toEqual(['Candidate', 'd mean (Å)', 'n', 'Note'])
  })
})

describe('Markdown', () => {
  it('escapes bars, keeps one line a row and aligns numbers to the right', () => {
    const lines = (markdownExporter.render(table) as string)
      .split('\n')
      .filter((line) => line.startsWith('|'))

    expect(lines).toHaveLength(6)
    expect(lines[1]).toBe('| :--- | ---: | ---: | :--- |')
    expect(lines[2]).toContain('"BO3" \\| flat')
    expect(lines[3]).toContain('two lines')
  })
})

describe('plain text', () => {
  it('leaves out details and says how many columns the files have besides', () => {
    const columns = table.columns.map((column) =>
      column.key === 'note' ? { ...column, isDetail: true } : column,
    )
    const text = plainTextExporter.render({ ...table, columns }) as string

    expect(text).not.toContain('planar')
    expect(text).toContain('1 more column in the files')
    expect(csvExporter.render({ ...table, columns })).toContain('planar')
  })

  it('names a row that is empty throughout once, not column by column', () => {
    const keys = ['a', 'b', 'c', 'd', 'e', 'f']
    const columns = ['name', ...keys].map((key) => ({ key, label: key.toUpperCase(), description: key }))
    const row = { name: 'b-on-mn1', ...Object.fromEntries(keys.map((key) => [key, missing('it is queued')])) }

    const text = plainTextExporter.render({
      name: 't',
      title: 'T',
      columns,
      rows: [row],
      notes: [],
    }) as string

    expect(text).toContain('Empty, because it is queued: b-on-mn1.')
  })

  it('names rows that lack the same columns together, and all of them as every row', () => {
    const columns = ['name', 'gap', 'kind'].map((key) => ({ key, label: key, description: key }))
    const row = (name: string) => ({ name, gap: missing('it printed no eigenvalues'), kind: missing('it printed no eigenvalues') })
    const last = { name: 'd', gap: 1, kind: missing('it printed no eigenvalues') }
    const text = (rows: readonly object[]): string => String(plainTextExporter.render({ name: 't', title: 'T', columns, rows: rows as ResultTable['rows'], notes: [] }))

    expect(text(['a', 'b', 'c', 'd'].map(row))).toContain('Empty, because it printed no eigenvalues: every row (gap, kind).')
    expect(text([...['a', 'b', 'c'].map(row), last])).toContain('Empty, because it printed no eigenvalues: a, b, c (gap, kind); d (kind).')
  })

  it('aligns every column', () => {
    const lines = (
      plainTextExporter.render({ ...table, rows: [table.rows[0]!, table.rows[3]!] }) as string
    ).split('\n')
    const rule = lines[3]!

    const starts = [...rule.matchAll(/─+/g)].map((match) => match.index)
    expect(starts).toHaveLength(4)
    for (const start of starts.slice(1)) expect(lines[4]!.slice(start - 2, start)).toBe('  ')
  })
})
