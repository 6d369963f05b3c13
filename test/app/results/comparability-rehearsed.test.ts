import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parquetReadObjects } from 'hyparquet'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { seriesFlagsOf } from '../../../src/app/results/series-flags.ts'
import { screenResults } from '../../../src/app/results/screen-results.ts'
import { acceptCorrection, planSeriesChange } from '../../../src/app/screens/accept-correction.ts'
import { explainCalculation } from '../../../src/app/watch/explain-calculation.ts'
import type { Store } from '../../../src/ports/store.ts'
import { exporters } from '../../../src/tables/exporters.ts'
import { parquetExporter } from '../../../src/tables/parquet.ts'
import type { ResultTable } from '../../../src/tables/result-table.ts'
import { xlsxExporter } from '../../../src/tables/xlsx.ts'
import { readIncar } from '../../../src/vasp/input/incar.ts'
import { resultTable, resultTables } from '../../../src/workflow/tables/result-tables.ts'
import { dopant } from '../../integration/small-screen.ts'
import { rehearsedProject, type RehearsedProject } from '../engine/rehearsed-project.ts'
import { sheetCells } from '../../tables/readers.ts'
import { temporaryFolder } from '../../temporary-folder.ts'
import { dashboardOver } from '../../web/dashboard-bed.ts'
import { accessibilityFaults, browserPath, launchBrowser, noBrowserReason, openPage } from '../../web/browser.ts'

if (browserPath === undefined) console.warn(`skipped the page of a flagged calculation: ${noBrowserReason}`)

/** The undoped slab fails with what only a change of meaning cures. */
const screen = (name: string, more: string): string => `name: ${name}
host: { file: ${JSON.stringify(resolve('structures/li2mno3.cif'))}, oxidationStates: { Li: 1, Mn: 4, O: -2 } }
slab: { millerIndex: [0, 1, 0], repeats: 2 }
dopants: { elements: [Al], sites: [{ replace: Mn, wyckoff: 4g }] }
kpoints: { spacing: 0.1 }
steps: [{ kind: static }] # nothing moves, which saves most of the time
${more}`

const mark = 'static with LPEAD = .TRUE. after lrf_comm, as 1 of 7 in the series: energies do not compare'

let project: RehearsedProject
let store: Store
beforeAll(async () => {
  const faults = join(temporaryFolder(), 'faults')
  const lines = ['asks/pristine/static/attempt-1 message:lrf_comm', 'allows/pristine/static/attempt-1 message:lrf_comm', 'allows/vO/static/attempt-1 spin-flip']
  writeFileSync(faults, lines.map((line) => `${line}\n`).join(''))
  project = await rehearsedProject(undefined, { DOPANT_REHEARSAL_FAIL_PLAN: faults })
  store = project.workspace.parts.store
}, 60_000)
afterAll(() => project?.workspace.close())

/** Every table that has rows. */
async function tables(name: string): Promise<readonly ResultTable[]> {
  const candidates = await screenResults(store, name, () => 'rehearsal')
  return Object.keys(resultTables).map((each) => resultTable(each, candidates)).filter(({ rows }) => rows.length > 0)
}

async function correctedMembers(name: string): Promise<readonly string[]> {
  const statics = await store.calculations({ screenName: name })
  const incars = statics.map(({ candidateId, remoteFolder }) => [candidateId, readIncar(readFileSync(join(remoteFolder ?? '', 'INCAR'), 'utf8')).incar] as const)
  return incars.filter(([, incar]) => incar['LPEAD'] === true).map(([candidateId]) => candidateId)
}

/** Candidates of rows that hold the mark, own or of what they are compared with. */
function markedRows({ rows }: ResultTable): readonly unknown[] {
  return rows.filter((row) => String(row['flags']).includes('energies do not compare')).map((row) => row['candidate'])
}

describe('a cure that changes what the energy means', () => {
  it('waits for a person where the screen does not allow it: nothing runs with it until it is accepted for the series', async () => {
    await project.save(screen('asks', ''))
    await project.settle('asks')

    const why = await explainCalculation(store, 'asks/pristine/static')
    expect(why.state).toBe('failed')
    expect(why.next.join(' ')).toContain('`dopant accept-correction asks lrf_comm/1` tells first what LPEAD = .TRUE. for the whole series costs')
    expect((await tables('asks')).flatMap(markedRows)).toEqual([])

    await acceptCorrection(store, 'asks', await planSeriesChange(store, 'asks', 'lrf_comm/1'))
    await project.settle('asks')

    expect(await store.summaries({ screenName: 'asks', states: ['done'] })).toHaveLength(2)
    expect(await correctedMembers('asks')).toEqual(['pristine', 'Al-on-Mn'])
    expect((await tables('asks')).flatMap(markedRows)).toEqual([])
  }, 300_000)

  describe('in a screen that allows it', () => {
    beforeAll(async () => {
      await project.save(screen('allows', 'vacancies: [{ remove: O }]\nreferences: [bulk, Li, O2, Li2O]\nrecovery: { allow: [comparability] }'))
      await project.settle('allows')
    }, 300_000)

    it('is made to one member at once, which says how the others come to agree', async () => {
      expect(await store.summaries({ screenName: 'allows', states: ['done'] })).toHaveLength(7)
      expect(await correctedMembers('allows')).toEqual(['pristine'])
      expect((await explainCalculation(store, 'allows/pristine/static')).next.join(' ')).toContain('dopant accept-correction allows lrf_comm/1')
      expect((await explainCalculation(store, 'allows/Al-on-Mn/static')).next).toEqual([])
    })

    it('marks the row of that member in every table and every format, and the rows whose numbers are differences to it', async () => {
      const all = await tables('allows')

      expect(all.map(({ name }) => name)).toEqual(expect.arrayContaining(['bonds', 'charges', 'energies', 'formation', 'oxygen-pairs', 'moments', 'levels']))
      for (const table of all.filter(({ name }) => !['formation', 'potentials', 'references'].includes(name))) {
        expect(new Set(markedRows(table)), table.name).toEqual(new Set(['pristine']))
        for (const exporter of exporters) expect(plain(exporter.render(table)), `${table.name} as ${exporter.format}`).toContain('energies do not compare')
        const [sheet, rows] = [sheetCells(await xlsxExporter.render([table]), 1), await parquetRows(await parquetExporter.render([table]))]
        expect([...sheet.values()]).toContain(mark)
        expect(rows.filter(({ flags }) => flags === mark).map(({ candidate }) => candidate)).toContain('pristine')
      }
      const named = (name: string) => all.find((table) => table.name === name)!
      expect(markedRows(named('formation')).length).toBe(named('formation').rows.length)
      expect(named('formation').rows[0]).toMatchObject({ candidate: 'Al-on-Mn', flags: expect.stringContaining(`pristine: ${mark}`) as string })
      expect(named('potentials').rows.every((row) => row['flags'] === `pristine: ${mark}`)).toBe(true)
      expect(markedRows(named('references'))).toEqual([])
    })

    it('flags what the checks of a finished run find, beside the marks of the series', async () => {
      for (const table of (await tables('allows')).filter(({ name }) => !['references', 'potentials'].includes(name))) {
        const flags = table.rows.filter((row) => row['candidate'] === 'vO').map((row) => String(row['flags']))

        expect(flags.length, table.name).toBeGreaterThan(0)
        for (const words of flags) expect(words).toMatch(/Mn \d+ \(\d\.\d → -\d\.\d μB\)/)
      }
    })

    it('is told of every calculation whose rows say so, of the member and of those that are differences to it', async () => {
      const flagsOf = (candidateId: string) => seriesFlagsOf(store, { screenName: 'allows', candidateId }, () => 'rehearsal')

      expect(await flagsOf('Al-on-Mn')).toEqual([{ says: `pristine: ${mark}`, of: 'pristine', tables: ['formation'] }])
      expect(await flagsOf('pristine')).toEqual([{ says: mark, of: null, tables: expect.arrayContaining(['bonds', 'charges', 'energies']) as string[] }])
      expect(await flagsOf('Li-metal')).toEqual([])
      const why = await dopant(['why', 'allows/Al-on-Mn/static', '--project', project.folder]).finished
      expect(why.stdout).toContain(`Its rows in the tables say\n  pristine: ${mark} (table formation)`)
      expect(why.stdout).not.toContain('Nothing is to be done')
      expect((await dopant(['show', 'allows/Al-on-Mn/static', '--project', project.folder]).finished).stdout).toMatch(/its rows say +pristine: static with LPEAD/)
    }, 60_000)

    it('marks its frames in a set for machine learning, and says how many they are', async () => {
      const output = temporaryFolder()
      const { stderr, code } = await dopant(['export', 'allows', '--format', 'extxyz', '--allow-rehearsal', '--output', output, '--project', project.folder]).finished
      const frames = readFileSync(join(output, 'allows-static-rehearsal.extxyz'), 'utf8').split('\n').filter((line) => line.startsWith('Lattice='))

      expect(code).toBe(0)
      expect(stderr).toMatch(/allows-static-rehearsal\.extxyz \(7 frames, 1 of them marked\)\n/)
      expect(stderr).toContain('Warning: allows-static-rehearsal.extxyz: 1 of 7 frames do not belong with the others')
      expect(frames.filter((line) => line.includes(`comparability="${mark}"`)).map((line) => /config_type=(\S+)/.exec(line)?.[1])).toEqual(['pristine'])
    }, 60_000)

    it.skipIf(browserPath === undefined)('is told on the pages of both, with links to the tables', async () => {
      const [dashboard, browser] = await Promise.all([dashboardOver(project.workspace.parts, project.folder), launchBrowser()])
      try {
        const { page, visit, complaints } = await openPage(browser, dashboard.link)
        await visit('/calculation/allows/Al-on-Mn/static')
        await page.waitForSelector(`.note:has-text("pristine: ${mark}. Its rows say so in formation.")`)
        expect(await accessibilityFaults(page)).toEqual([])
        await page.click('.note a:has-text("formation")')
        await page.waitForSelector('table.result tbody tr >> text=energies do not compare')
        await visit('/calculation/allows/pristine/static')
        await page.waitForSelector(`.note:has-text("${mark}. Its rows say so in bonds, ")`)
        expect(complaints).toEqual([])
      } finally {
        await browser.close()
        await dashboard.close()
      }
    }, 60_000)

    it('leaves no mark once it is accepted for the series and every other member has run with it', async () => {
      const change = await planSeriesChange(store, 'allows', 'lrf_comm/1')
      expect(change.again).toHaveLength(6)
      await acceptCorrection(store, 'allows', change)

      await project.settle('allows')

      expect(await correctedMembers('allows')).toHaveLength(7)
      expect((await store.attempts('allows/Al-on-Mn/static')).map(({ corrections }) => corrections.map(({ symptom }) => symptom))).toEqual([[], ['lrf_comm']])
      expect((await store.attempts('allows/pristine/static')).length).toBe(2)
      expect((await tables('allows')).flatMap(markedRows)).toEqual([])
      expect((await explainCalculation(store, 'allows/pristine/static')).next).toEqual([])
      expect(await seriesFlagsOf(store, { screenName: 'allows', candidateId: 'Al-on-Mn' }, () => 'rehearsal')).toEqual([])
    }, 300_000)
  })
})

/** Words as they are read, wherever a format breaks or escapes them. */
function plain(content: string | Uint8Array): string {
  return String(content).replaceAll(/\s+/g, ' ')
}

async function parquetRows(bytes: Uint8Array): Promise<readonly Record<string, unknown>[]> {
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer
  return parquetReadObjects({ file })
}
