import { strFromU8, unzipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import type { ResultTable } from '../../src/tables/result-table.ts'
import { xlsxExporter } from '../../src/tables/xlsx.ts'

const note = 'Net charges are no oxidation states. '.repeat(12)
const table: ResultTable = {
  name: 'charges',
  title: 'Charges',
  columns: [
    { key: 'candidate', label: 'Candidate', description: 'Identifier' },
    { key: 'dopantChargeE', label: 'q dopant', unit: 'e', digits: 3, description: 'Charge' },
    { key: 'flags', label: 'Flags', description: 'Words' },
  ],
  rows: [{ candidate: 'B-on-Mn', dopantChargeE: 2.2, flags: 'the dopant B 11 has no neighbour within bonding distance; imported' }],
  notes: [note],
}

describe('a sheet as a person sees it', () => {
  it('keeps heading and names in sight, stands across the page, and wraps long words and notes in cells that are high enough', async () => {
    const files = unzipSync(await xlsxExporter.render([table]))
    const sheet = strFromU8(files['xl/worksheets/sheet1.xml']!)

    expect(sheet).toMatch(/<pane [^>]*xSplit="1"[^>]*ySplit="1"|<pane [^>]*ySplit="1"[^>]*xSplit="1"/)
    expect(sheet).toContain('orientation="landscape"')
    expect(sheet).toContain('<mergeCell ref="A5:C5"/>')
    const [, height] = /<row r="5"[^>]* ht="([\d.]+)"/.exec(sheet)!
    expect(Number(height)).toBeGreaterThanOrEqual(5 * 15)
    expect(strFromU8(files['xl/styles.xml']!)).toContain('wrapText="1"')
  })
})
