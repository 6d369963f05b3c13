import { strFromU8, unzipSync } from 'fflate'
import { parquetMetadata, parquetReadObjects } from 'hyparquet'
import { describe, expect, it } from 'vitest'
import { exporterFor, fileExporterFor, formatNames } from '../../src/tables/exporters.ts'
import { htmlExporter } from '../../src/tables/html.ts'
import { jsonExporter, type TableData } from '../../src/tables/json.ts'
import { latexExporter } from '../../src/tables/latex.ts'
import { parquetExporter } from '../../src/tables/parquet.ts'
import { missing, type ResultTable } from '../../src/tables/result-table.ts'
import { xlsxExporter } from '../../src/tables/xlsx.ts'
import { htmlRows, latexRows, sheetCells } from './readers.ts'

const table: ResultTable = {
  name: 'bonds',
  title: 'Bond lengths & charges, 50 % <done>',
  columns: [
    { key: 'candidate', label: 'Candidate', description: 'Identifier' },
    { key: 'meanAngstrom', label: 'd_mean', unit: 'Å', digits: 3, description: 'Mean length' },
    { key: 'changeE', label: 'Δq', unit: 'e', digits: 3, description: 'Change of charge' },
    { key: 'atomCount', label: 'n', digits: 0, description: 'Atoms' },
    { key: 'note', label: 'Note', description: 'Words' },
  ],
  rows: [
    { candidate: 'B_on_Mn', meanAngstrom: 1.37249, changeE: -0.0514, atomCount: 2, note: '=1+1 & {x} #1 $5 ~ ^ \\ 100 %' },
    { candidate: 'P-on-Mn', meanAngstrom: 1.5, changeE: 12.3456, atomCount: 2, note: '<b>Å</b> μB × 2 “q” ≤ 3' },
    { candidate: 'S-on-Mn', meanAngstrom: missing('the relaxation is still running'), changeE: null, atomCount: null, note: null },
  ],
  notes: ['Means of equal CN only.'],
}
const methods: ResultTable = {
  name: 'methods',
  title: 'Settings',
  columns: [{ key: 'setting', label: 'Setting', description: 'Tag' }, { key: 'value', label: 'Value', description: 'Value' }],
  rows: [{ setting: 'ENCUT (eV)', value: '520' }],
  notes: [],
}
const expected = (JSON.parse(jsonExporter.render(table) as string) as TableData).rows

describe('a workbook', () => {
  it('has a sheet for each table, one of methods and one that explains the columns', async () => {
    const files = unzipSync(await xlsxExporter.render([table], methods))

    const workbook = strFromU8(files['xl/workbook.xml']!)
    expect([...workbook.matchAll(/<sheet [^>]*name="([^"]*)"/g)].map((match) => match[1])).toEqual(['bonds', 'methods', 'columns'])
  })

  it('holds the numbers of the JSON format as numbers, words as words that are no formulas, gaps as empty cells', async () => {
    const cells = sheetCells(await xlsxExporter.render([table], methods), 1)

    expected.forEach((row, n) => {
      expect(cells.get(`B${n + 2}`) ?? null).toBe(row.meanAngstrom)
      expect(cells.get(`C${n + 2}`) ?? null).toBe(row.changeE)
      expect(cells.get(`A${n + 2}`)).toBe(row.candidate)
      expect(cells.get(`E${n + 2}`) ?? null).toBe(row.note)
    })
    expect(cells.get('B1')).toBe('d_mean (Å)')
  })

  it('shows as many decimals as the column has', async () => {
    const files = unzipSync(await xlsxExporter.render([table]))

    expect(strFromU8(files['xl/styles.xml']!)).toContain('formatCode="0.000"')
  })
})

describe('parquet', () => {
  it('holds the numbers of the JSON format under the same keys, read by another library', async () => {
    const rows = await parquetReadObjects({ file: asBuffer(await parquetExporter.render([table])) })

    expect(rows.map((row) => ({ ...row }))).toEqual(expected)
  })

  it('says in its metadata what the columns are and why values are missing', async () => {
    const { key_value_metadata: pairs } = parquetMetadata(asBuffer(await parquetExporter.render([table])))
    const data = new Map(pairs?.map(({ key, value }) => [key, value]))

    expect(JSON.parse(data.get('dopant.columns')!)[1]).toMatchObject({ key: 'meanAngstrom', unit: 'Å' })
    expect(JSON.parse(data.get('dopant.missing')!)[0]).toMatchObject({ row: 2, why: 'the relaxation is still running' })
  })

  it('can be written for a table without rows', async () => {
    const bytes = await parquetExporter.render([{ ...table, rows: [] }])

    expect(await parquetReadObjects({ file: asBuffer(bytes) })).toEqual([])
  })
})

describe('LaTeX', () => {
  const text = latexExporter.render(table) as string

  it('holds the numbers of the JSON format', () => {
    const rows = latexRows(text)

    expected.forEach((row, n) => {
      expect(rows[n + 1]![1]).toBe(row.meanAngstrom === null ? '{--}' : (row.meanAngstrom as number).toFixed(3))
      expect(rows[n + 1]![2]).toBe(row.changeE === null ? '{--}' : (row.changeE as number).toFixed(3))
    })
  })

  it('leaves no letter that TeX would take for a command, and no bare character that its fonts lack', () => {
    const body = text.split('\n').filter((line) => !line.startsWith('%')).join('\n')
    const cellTexts = latexRows(text).flat().join('\n').replaceAll(/\\[&%$#_{}]/g, '')

    expect(cellTexts).not.toMatch(/[%#$~^_]/)
    expect(body).toMatch(/^[ -~\n]*$/)
  })

  it('closes every brace and environment that it opens', () => {
    const bare = text.replaceAll(/\\[{}\\]/g, '')
    const opened = [...text.matchAll(/\\begin\{(\w+)\}/g)].map((match) => match[1])
    const closed = [...text.matchAll(/\\end\{(\w+)\}/g)].map((match) => match[1])

    expect(bare.split('{').length).toBe(bare.split('}').length)
    expect(closed.toSorted()).toEqual(opened.toSorted())
  })

  it('gives every row as many cells as the table has columns, with room for the longest number', () => {
    const types = /\\begin\{tabular\}\{@\{\}(.*)@\{\}\}/.exec(text)![1]!

    for (const row of latexRows(text)) expect(row).toHaveLength(types.split(' ').length)
    expect(types).toContain('S[table-format=1.3] S[table-format=-2.3]')
  })

  it('breaks a table that is too wide into several that each begin with the first column', () => {
    const columns = Array.from({ length: 30 }, (_, n) => ({ key: `c${n}`, label: `Column number ${n}`, description: '' }))
    const row = Object.fromEntries(columns.map(({ key }, n) => [key, n]))
    const wide = latexExporter.render({ ...table, columns, rows: [row] }) as string

    const panels = wide.split('\\begin{tabular}').slice(1)
    expect(panels.length).toBeGreaterThan(2)
    for (const panel of panels) expect(latexRows(`\\begin{tabular}${panel}`)[0]![0]).toBe('{Column number 0}')
    expect(new Set(latexRows(wide).flat().filter((cell) => /^\d+$/.test(cell))).size).toBe(30)
  })
})

describe('HTML', () => {
  const text = htmlExporter.render(table) as string

  it('holds the numbers of the JSON format', () => {
    const rows = htmlRows(text)

    expected.forEach((row, n) => {
      expect(rows[n + 1]![1]).toBe(row.meanAngstrom === null ? '–' : (row.meanAngstrom as number).toFixed(3))
      expect(rows[n + 1]![4]).toBe(row.note ?? '–')
    })
  })

  it('lets no word of a table become markup', () => {
    expect(text).not.toContain('<b>Å')
    expect(text).toContain('&lt;b&gt;Å&lt;/b&gt;')
  })

  it('asks for nothing from elsewhere', () => {
    expect(text).not.toMatch(/https?:|src=|@import|url\(/)
  })
})

describe('format names', () => {
  it('cover what is printed and what is saved', () => {
    expect(formatNames).toEqual(expect.arrayContaining(['csv', 'latex', 'html', 'xlsx', 'parquet']))
    expect(fileExporterFor('xlsx')).toBe(xlsxExporter)
    expect(fileExporterFor('csv')).toBeUndefined()
    expect(exporterFor('tex')).toBe(latexExporter)
    expect(() => fileExporterFor('xslx')).toThrow("There is no table format 'xslx'.")
  })
})

function asBuffer(bytes: Uint8Array): ArrayBuffer {
  return bytes.slice().buffer
}
