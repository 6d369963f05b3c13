import fc from 'fast-check'
import { parquetReadObjects } from 'hyparquet'
import { describe, expect, it } from 'vitest'
import { csvExporter } from '../../src/tables/csv.ts'
import { htmlExporter } from '../../src/tables/html.ts'
import { jsonExporter, type TableData } from '../../src/tables/json.ts'
import { latexExporter } from '../../src/tables/latex.ts'
import { parquetExporter } from '../../src/tables/parquet.ts'
import { missing, type Cell, type ResultTable } from '../../src/tables/result-table.ts'
import { xlsxExporter } from '../../src/tables/xlsx.ts'
import { htmlRows, latexRows, parseCsv, sheetCells } from './readers.ts'

const digits = 3
const number = fc.oneof(
  fc.double({ min: -1e9, max: 1e9 }),
  fc.double({ min: -1e-2, max: 1e-2 }),
  fc.constantFrom(0, -0, -0.0004999, 0.0005, 0.9995, -99.9996, 1.0005, Number.NaN, Infinity, -Infinity),
)
const word = fc.oneof(
  fc.constantFrom('=1+1', '@SUM(A1)', '+1', '-2', '1,5', 'a;b', '"', "'", 'a_b%c#d\\x{}', '<b>&amp;', 'μB × 2 Å', '\u202eabc', 'NaN', '0012', 'two\nlines', ' '),
  fc.string({ unit: 'grapheme', maxLength: 20 }),
)
const gap = fc.constantFrom<Cell>(null, missing('the run is not done'), missing('no charge'))
const row = fc.record({ name: word, value: fc.oneof({ weight: 4, arbitrary: number }, gap) })

function tableOf(rows: ResultTable['rows']): ResultTable {
  return {
    name: 't',
    title: 'T',
    columns: [
      { key: 'name', label: 'Name', description: 'Words' },
      { key: 'value', label: 'Value', unit: 'Å', digits, description: 'A number' },
    ],
    rows,
    notes: [],
  }
}

/** What a reader of the table should find: the number to three decimals, −0 as 0, null where there is none. */
function expectedOf(cell: Cell): number | null {
  if (typeof cell !== 'number' || !Number.isFinite(cell)) return null
  const rounded = Number(cell.toFixed(digits))
  return rounded === 0 ? 0 : rounded
}

describe('any numbers, gaps and words', () => {
  it('are the same in json, csv, xlsx, parquet, html and LaTeX', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(row, { maxLength: 6 }), async (others) => {
        // LaTeX leaves out a column that is empty throughout.
        const rows = [{ name: 'first', value: 1.5 }, ...others]
        const table = tableOf(rows)
        const expected = rows.map(({ value }) => expectedOf(value))
        const [json, csv] = [(JSON.parse(jsonExporter.render(table) as string) as TableData).rows, parseCsv(csvExporter.render(table) as string).slice(1)]
        const sheet = sheetCells(await xlsxExporter.render([table]), 1)
        const parquet = await parquetReadObjects({ file: (await parquetExporter.render([table])).slice().buffer })
        const html = htmlRows(htmlExporter.render(table) as string).slice(1)
        const latex = latexRows(latexExporter.render(table) as string).slice(1)

        expect(json.map(({ value }) => value)).toEqual(expected)
        expect(csv.map(([, text]) => (text === '' ? null : Number(text)))).toEqual(expected)
        expect(rows.map((_, n) => sheet.get(`B${n + 2}`) ?? null)).toEqual(expected)
        expect(parquet.map(({ value }) => value as unknown)).toEqual(expected)
        expect(html.map(([, text]) => numberIn(text))).toEqual(expected)
        expect(latex.map(([, text]) => numberIn(text))).toEqual(expected)
        expect(csv.map(([name]) => name)).toEqual(json.map(({ name }) => name))
        expect(parquet.map(({ name }) => name as unknown)).toEqual(json.map(({ name }) => name))
      }),
      { numRuns: 150 },
    )
  })
})

function numberIn(text = ''): number | null {
  return text === '–' || text === '{--}' ? null : Number(text.replace('−', '-'))
}
