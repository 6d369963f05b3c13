import { describe, expect, it } from 'vitest'
import { chooseColumns, UnknownColumnError } from '../../src/tables/choose-columns.ts'
import { csvExporter } from '../../src/tables/csv.ts'
import { plainTextExporter } from '../../src/tables/plain-text.ts'
import type { ResultTable, TableRow } from '../../src/tables/result-table.ts'

const column = (key: string, isDetail?: true) => ({ key, label: key, description: key, ...(isDetail && { isDetail }) })
const table = (rows: readonly TableRow[], name = 'bonds'): ResultTable => ({
  name,
  title: name,
  columns: [column('candidate'), column('method'), column('bond'), column('lengthsAngstrom', true), column('flags')],
  rows,
  notes: ['A mean length belongs to its coordination number.'],
})
const dft = { candidate: 'Al-on-Mn', method: 'dft', bond: 'Al–O', lengthsAngstrom: '1.75 1.79', flags: null }
const keysOf = (chosen: readonly ResultTable[]): readonly (readonly string[])[] => chosen.map(({ columns }) => columns.map(({ key }) => key))

describe('the columns of a table that a reader asks for', () => {
  it('stand alone and in their order, also those that only files have, with all rows and notes', () => {
    const [chosen] = chooseColumns([table([dft])], ['lengthsAngstrom', 'candidate'])

    expect(csvExporter.render(chosen!)).toContain('1.75 1.79,Al-on-Mn')
    expect(plainTextExporter.render(chosen!)).toContain('1.75 1.79')
    expect(chosen!.notes).toEqual(table([]).notes)
  })

  it('are all of them when none is named', () => {
    expect(chooseColumns([table([dft])], [])).toEqual([table([dft])])
  })

  it('never hide what marks a row: flags, and numbers of the stand-in', () => {
    const marked = table([dft, { ...dft, flags: 'ENCUT raised' }])
    const rehearsed = table([dft, { ...dft, method: 'rehearsal' }])

    expect(keysOf(chooseColumns([table([dft]), marked, rehearsed], ['bond']))).toEqual([['bond'], ['bond', 'flags'], ['bond', 'method']])
  })

  it('leave out a table that has none of them', () => {
    const other: ResultTable = { ...table([dft], 'charges'), columns: [column('dopantChargeE'), column('flags')] }

    expect(chooseColumns([other, table([dft])], ['bond']).map(({ name }) => name)).toEqual(['bonds'])
  })

  it('are looked for in every table, and one that none has is told with the nearest', () => {
    const other: ResultTable = { ...table([dft], 'charges'), columns: [column('dopantChargeE')] }

    expect(keysOf(chooseColumns([table([dft]), other], ['bond', 'dopantChargeE']))).toEqual([['bond'], ['dopantChargeE']])
    expect(() => chooseColumns([table([dft])], ['bons'])).toThrow(UnknownColumnError)
    expect(() => chooseColumns([table([dft])], ['bons'])).toThrow(expect.objectContaining({ remedy: "Did you mean 'bond'?" }) as Error)
  })
})
